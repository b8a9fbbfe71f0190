package dev.parley.delivery.gateway;

import org.jspecify.annotations.Nullable;

/// Puts the parts of a text message together, up to a limit, so that the container's own buffers stay small. For one
/// thread at a time.
final class FrameAssembler {

    private final long maxBytes;
    private @Nullable StringBuilder parts;
    private long bytes;

    FrameAssembler(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /// @return the whole text with its last part, null before; null too once it [#isTooLarge]
    @Nullable
    String add(String part, boolean last) {
        bytes += utf8Length(part);
        if (isTooLarge()) {
            parts = null;
            return null;
        }
        if (parts == null && last) {
            bytes = 0;
            return part;
        }
        StringBuilder whole = parts == null ? new StringBuilder(part.length() * 2) : parts;
        whole.append(part);
        if (!last) {
            parts = whole;
            return null;
        }
        parts = null;
        bytes = 0;
        return whole.toString();
    }

    boolean isTooLarge() {
        return bytes > maxBytes;
    }

    private static long utf8Length(String text) {
        long length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            length += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return length;
    }
}
