package dev.parley.notifications.gateway;

import dev.parley.notifications.device.Platform;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The push services. Thread-safe.
public final class PushGateways {

    private final Map<Platform, Provider> providers;

    PushGateways(Map<Platform, Provider> providers) {
        this.providers = Map.copyOf(providers);
    }

    /// The gateway of a platform.
    ///
    /// @return null while no credentials are configured for the platform
    public @Nullable PushNotificationSender sender(Platform platform) {
        Provider provider = providers.get(platform);
        return provider != null && provider.hasCredentials() ? provider : null;
    }

    /// How this node gets on with a push service.
    public ProviderState state(Platform platform) {
        Provider provider = providers.get(platform);
        return provider == null ? new ProviderState.NoCredentials() : provider.state();
    }

    @Nullable
    Provider provider(Platform platform) {
        return providers.get(platform);
    }

    void close() {
        providers.values().forEach(Provider::close);
    }
}
