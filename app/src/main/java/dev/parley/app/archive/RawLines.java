package dev.parley.app.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Cuts a stream into lines of bytes at each `\n`, keeping at most [#LIMIT] bytes of a line in memory. Not thread-safe.
final class RawLines {

    /// Of one line, in bytes; the rest of a longer one is read and dropped.
    static final int LIMIT = 32 * 1024;

    private static final int BUFFER = 64 * 1024;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    private int from;
    private int to;
    private boolean cut;

    RawLines(InputStream in) {
        this.in = in;
    }

    /// @return the next line without its `\n` or `\r\n`; null at the end
    byte @Nullable [] next() throws IOException {
        line.reset();
        cut = false;
        boolean any = false;
        while (from < to || fill()) {
            any = true;
            int end = from;
            while (end < to && buffer[end] != '\n') {
                end++;
            }
            keep(end - from);
            from = end;
            if (end < to) {
                from++;
                return withoutReturn();
            }
        }
        return any ? withoutReturn() : null;
    }

    /// Whether the line that [#next] answered last was over the limit.
    boolean wasCut() {
        return cut;
    }

    private boolean fill() throws IOException {
        from = 0;
        to = Math.max(0, in.read(buffer));
        return to > 0;
    }

    private void keep(int count) {
        int room = LIMIT - line.size();
        cut |= count > room;
        line.write(buffer, from, Math.min(count, room));
    }

    private byte[] withoutReturn() {
        byte[] bytes = line.toByteArray();
        if (bytes.length > 0 && bytes[bytes.length - 1] == '\r') {
            return Arrays.copyOf(bytes, bytes.length - 1);
        }
        return bytes;
    }
}
