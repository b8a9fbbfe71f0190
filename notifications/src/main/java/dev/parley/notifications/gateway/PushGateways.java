package dev.parley.notifications.gateway;

import dev.parley.notifications.device.Platform;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The push services that credentials are configured for.
public record PushGateways(Map<Platform, PushNotificationSender> senders) implements AutoCloseable {

    public PushGateways {
        senders = Map.copyOf(senders);
    }

    /// @return null where no credentials are configured for the platform
    public @Nullable PushNotificationSender sender(Platform platform) {
        return senders.get(platform);
    }

    @Override
    public void close() throws Exception {
        for (PushNotificationSender sender : senders.values()) {
            if (sender instanceof AutoCloseable closeable) {
                closeable.close();
            }
        }
    }
}
