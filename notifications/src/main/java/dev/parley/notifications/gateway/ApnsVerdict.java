package dev.parley.notifications.gateway;

import com.eatthepath.pushy.apns.PushNotificationResponse;
import dev.parley.notifications.gateway.PushResult.Later;
import dev.parley.notifications.gateway.PushResult.Refused;
import dev.parley.notifications.gateway.PushResult.Sent;
import dev.parley.notifications.gateway.PushResult.TokenGone;

/// Reads an answer of APNs, after Apple's table "Handling notification responses from APNs".
final class ApnsVerdict {

    private ApnsVerdict() {}

    static PushResult of(PushNotificationResponse<?> response) {
        if (response.isAccepted()) {
            return new Sent();
        }
        String reason = response.getRejectionReason().orElse("status-" + response.getStatusCode());
        if (response.getStatusCode() == 410) {
            return new TokenGone(
                    reason, response.getTokenInvalidationTimestamp().orElse(null));
        }
        return switch (reason) {
            case "BadDeviceToken", "DeviceTokenNotForTopic" -> new TokenGone(reason, null);
            // The provider's credentials or connection are at fault, not the push: an operator can mend them in time.
            case "ExpiredProviderToken",
                    "InvalidProviderToken",
                    "MissingProviderToken",
                    "BadCertificate",
                    "BadCertificateEnvironment",
                    "Forbidden",
                    "IdleTimeout",
                    "TooManyProviderTokenUpdates",
                    "TooManyRequests",
                    "InternalServerError",
                    "ServiceUnavailable",
                    "Shutdown" -> new Later(reason, null);
            default ->
                response.getStatusCode() >= 500 || response.getStatusCode() == 429
                        ? new Later(reason, null)
                        : new Refused(reason);
        };
    }
}
