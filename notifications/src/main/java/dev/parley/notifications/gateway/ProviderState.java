package dev.parley.notifications.gateway;

import java.time.Duration;

/// How this node gets on with a push service.
public sealed interface ProviderState {

    /// As operators see it: `ready`.
    String text();

    /// Nothing leaves for it.
    record NoCredentials() implements ProviderState {
        @Override
        public String text() {
            return "no-credentials";
        }
    }

    record Ready() implements ProviderState {
        @Override
        public String text() {
            return "ready";
        }
    }

    /// It is left alone, because it fails or asks for it.
    ///
    /// @param left for how long
    record Paused(Duration left) implements ProviderState {
        @Override
        public String text() {
            return "paused";
        }
    }

    /// It does not take our credentials: an operator has to mend it.
    ///
    /// @param reason the service's word
    record Misconfigured(String reason) implements ProviderState {
        @Override
        public String text() {
            return "misconfigured";
        }
    }
}
