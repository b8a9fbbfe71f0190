package dev.parley.notifications.gateway;

import com.eatthepath.pushy.apns.PushNotificationResponse;
import dev.parley.notifications.gateway.PushResult.Later;
import dev.parley.notifications.gateway.PushResult.Misconfigured;
import dev.parley.notifications.gateway.PushResult.Refused;
import dev.parley.notifications.gateway.PushResult.Sent;
import dev.parley.notifications.gateway.PushResult.TokenGone;
import dev.parley.notifications.gateway.PushResult.Unavailable;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Reads an answer of APNs, after Apple's table "Handling notification responses from APNs".
final class ApnsVerdict {

    /// Apple: a provider token may be refreshed once in 20 minutes.
    private static final Duration TOKEN_UPDATES = Duration.ofMinutes(20);

    private ApnsVerdict() {}

    /// @param ownTopic whether the device registered the topic: what it names is no matter of the
    ///     configuration
    static PushResult of(PushNotificationResponse<?> response, boolean ownTopic) {
        if (response.isAccepted()) {
            return new Sent();
        }
        int status = response.getStatusCode();
        String reason = response.getRejectionReason().orElse("status-" + status);
        return of(status, reason, response.getTokenInvalidationTimestamp().orElse(null), ownTopic);
    }

    static PushResult of(int status, String reason, @Nullable Instant since, boolean ownTopic) {
        return switch (reason) {
            case "Unregistered", "ExpiredToken" -> new TokenGone(reason, since);
            case "BadDeviceToken", "DeviceTokenNotForTopic" -> new TokenGone(reason, null);
            // Too many for this one device.
            case "TooManyRequests" -> new Later(reason, null);
            // The next attempt carries a new one.
            case "ExpiredProviderToken" -> new Later(reason, null);
            case "TooManyProviderTokenUpdates" -> new Unavailable(reason, TOKEN_UPDATES);
            case "IdleTimeout", "InternalServerError", "ServiceUnavailable", "Shutdown" ->
                new Unavailable(reason, null);
            case "BadCertificate",
                    "BadCertificateEnvironment",
                    "BadEnvironmentKeyIdInToken",
                    "BadEnvironmentKeyInToken",
                    "Forbidden",
                    "InvalidProviderToken",
                    "MissingProviderToken",
                    "UnrelatedKeyIdInToken" -> new Misconfigured(reason);
            case "BadTopic", "MissingTopic", "TopicDisallowed" ->
                ownTopic ? new Refused(reason) : new Misconfigured(reason);
            case "BadCollapseId",
                    "BadExpirationDate",
                    "BadMessageId",
                    "BadPath",
                    "BadPriority",
                    "DuplicateHeaders",
                    "InvalidPushType",
                    "MethodNotAllowed",
                    "MissingDeviceToken",
                    "PayloadEmpty",
                    "PayloadTooLarge" -> new Refused(reason);
            default -> byStatus(status, reason, since);
        };
    }

    /// A reason that is newer than this table.
    private static PushResult byStatus(int status, String reason, @Nullable Instant since) {
        return switch (status) {
            case 410 -> new TokenGone(reason, since);
            case 429 -> new Later(reason, null);
            case 401, 403 -> new Misconfigured(reason);
            default -> status >= 500 ? new Unavailable(reason, null) : new Refused(reason);
        };
    }
}
