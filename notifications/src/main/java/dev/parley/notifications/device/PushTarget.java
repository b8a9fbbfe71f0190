package dev.parley.notifications.device;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Where a device's pushes go.
///
/// @param token given to the app by the push service; a secret
/// @param topic the app's bundle id for APNs, null for the configured one
/// @param environment of an APNs token; null for production, and for FCM
/// @param registered when the app last registered it, to the millisecond
public record PushTarget(
        Platform platform,
        String token,
        @Nullable String topic,
        @Nullable ApnsEnvironment environment,
        Instant registered) {

    @Override
    public String toString() {
        return "PushTarget[platform=" + platform + ", token=***, topic=" + topic + ", environment=" + environment
                + ", registered=" + registered + "]";
    }
}
