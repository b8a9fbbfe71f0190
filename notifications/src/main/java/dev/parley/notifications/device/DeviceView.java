package dev.parley.notifications.device;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A device as its owner sees it: never with its token.
///
/// @param environment of an APNs token, where the app named one
/// @param topic where the app named one
/// @param updated when the token was last registered
/// @param dropped null while the token is not known to be bad
@JsonInclude(JsonInclude.Include.NON_NULL)
record DeviceView(
        String device,
        String platform,
        @Nullable String environment,
        @Nullable String topic,
        Instant updated,
        @Nullable DroppedToken dropped) {

    /// Nothing is sent to the device until it is registered anew.
    ///
    /// @param reason the push service's word, like `Unregistered`
    /// @param at when it was learnt
    record DroppedToken(String reason, Instant at) {}
}
