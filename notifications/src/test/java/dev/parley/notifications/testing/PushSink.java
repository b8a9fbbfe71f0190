package dev.parley.notifications.testing;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A push service that takes everything at once and keeps nothing, for measuring: unlike [ApnsMock] and [FcmStub] it
/// does not check who sends and what. On loopback, on a free port. Thread-safe.
public interface PushSink extends AutoCloseable {

    /// One request.
    ///
    /// @param nanos when it had arrived in full, of [System#nanoTime]
    /// @param id that repeats of it have too: `apns-id`, or `data.push` of FCM
    /// @param message null where it is about none
    /// @param shown false for one that only wakes the app
    record Arrival(long nanos, UUID id, @Nullable UUID message, boolean shown) {}

    /// Arguments of `bin/run` that make Parley send here.
    List<String> arguments();

    /// A token that an app could have registered, another each time.
    String token();

    @Override
    void close();

    /// @param platform `apns` or `fcm`, as devices register
    /// @param workDir gets keys and certificates
    /// @param arrivals called on the threads of the connections
    static PushSink start(String platform, Path workDir, Consumer<Arrival> arrivals) {
        return switch (platform) {
            case "apns" -> new ApnsSink(workDir, arrivals);
            case "fcm" -> new FcmSink(workDir, arrivals);
            default -> throw new IllegalArgumentException("The platform is apns or fcm, not " + platform);
        };
    }

    /// The first field of a JSON text that has this name and a UUID, found without reading all of it.
    static @Nullable UUID field(String name, String json) {
        Matcher matcher = Pattern.compile('"' + name + "\"\\s*:\\s*\"([0-9a-fA-F-]{36})\"")
                .matcher(json);
        return matcher.find() ? UUID.fromString(matcher.group(1)) : null;
    }
}
