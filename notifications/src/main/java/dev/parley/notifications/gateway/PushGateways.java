package dev.parley.notifications.gateway;

import dev.parley.notifications.device.Platform;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The push services that credentials are configured for.
public record PushGateways(Map<Platform, PushNotificationSender> senders) {

    public PushGateways {
        senders = Map.copyOf(senders);
    }

    /// The gateway of a platform.
    ///
    /// @return null where no credentials are configured for the platform
    public @Nullable PushNotificationSender sender(Platform platform) {
        return senders.get(platform);
    }

    void close() {
        senders.values().forEach(PushNotificationSender::close);
    }
}
