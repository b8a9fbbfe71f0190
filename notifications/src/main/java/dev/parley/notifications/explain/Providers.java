package dev.parley.notifications.explain;

import dev.parley.notifications.device.Platform;
import dev.parley.notifications.explain.PushOverview.PushProvider;
import dev.parley.notifications.gateway.ProviderState;
import dev.parley.notifications.gateway.PushGateways;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// How this node gets on with the push services.
@Component
class Providers {

    private final PushGateways gateways;

    Providers(PushGateways gateways) {
        this.gateways = gateways;
    }

    List<PushProvider> list() {
        return Arrays.stream(Platform.values())
                .map(platform -> {
                    ProviderState state = gateways.state(platform);
                    return new PushProvider(platform.text(), state.text(), reason(state));
                })
                .toList();
    }

    private static @Nullable String reason(ProviderState state) {
        return switch (state) {
            case ProviderState.Misconfigured ours -> ours.reason();
            case ProviderState.Paused paused -> "for " + paused.left().toSeconds() + " s";
            case ProviderState.NoCredentials none -> null;
            case ProviderState.Ready ready -> null;
        };
    }
}
