package dev.parley.notifications.gateway;

import org.jspecify.annotations.Nullable;

/// What a push service knows us by.
interface Credentials {

    /// Where they come from.
    ///
    /// @return null where none are configured
    @Nullable
    CredentialSource source();

    /// Reads them, and makes a sender that uses them.
    ///
    /// @throws UnusableCredentialsException if they, or what belongs to them, cannot be used
    PushNotificationSender open();
}
