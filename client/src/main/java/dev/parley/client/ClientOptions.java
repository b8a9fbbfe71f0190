package dev.parley.client;

import java.net.URI;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Where and as whom to connect.
///
/// @param gateway `ws://host:port/ws` or `wss://...`
/// @param device the caller's name for this device, 1 to 64 of `A-Z a-z 0-9 . _ -`, the same each time
/// @param token asked for at each connect; it may block shortly
/// @param position the highest position that was handled before; -1 for everything; null to start at the newest
/// @param window unacknowledged events to have in flight, 2 to 1,024
public record ClientOptions(
        URI gateway,
        String device,
        Supplier<String> token,
        @Nullable Long position,
        int window) {

    private static final int DEFAULT_WINDOW = 256;

    public ClientOptions {
        if (window < 2) {
            throw new IllegalArgumentException("A window is 2 or more, not " + window);
        }
    }

    /// From the newest event on, with the default window.
    public static ClientOptions of(URI gateway, String device, String token) {
        return new ClientOptions(gateway, device, () -> token, null, DEFAULT_WINDOW);
    }

    /// The same from a position.
    public ClientOptions from(long newPosition) {
        return new ClientOptions(gateway, device, token, newPosition, window);
    }
}
