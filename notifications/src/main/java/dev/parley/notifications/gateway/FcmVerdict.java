package dev.parley.notifications.gateway;

import com.google.auth.Retryable;
import com.google.firebase.ErrorCode;
import com.google.firebase.IncomingHttpResponse;
import com.google.firebase.messaging.FirebaseMessagingException;
import com.google.firebase.messaging.MessagingErrorCode;
import dev.parley.notifications.gateway.PushResult.Later;
import dev.parley.notifications.gateway.PushResult.Misconfigured;
import dev.parley.notifications.gateway.PushResult.Refused;
import dev.parley.notifications.gateway.PushResult.TokenGone;
import dev.parley.notifications.gateway.PushResult.Unavailable;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads a refusal of FCM, after Google's table "ErrorCode" of the HTTP v1 API, and what happens on the
/// way there.
final class FcmVerdict {

    private FcmVerdict() {}

    static PushResult of(FirebaseMessagingException refusal) {
        IncomingHttpResponse response = refusal.getHttpResponse();
        Duration after = response == null ? null : RetryAfter.of(response.getHeaders());
        MessagingErrorCode code = refusal.getMessagingErrorCode();
        if (code != null) {
            return of(code, String.valueOf(refusal.getMessage()), after);
        }
        PushResult oauth = oauth(refusal);
        return oauth == null ? of(refusal.getErrorCode(), after) : oauth;
    }

    /// @param message Google's words: they alone tell a malformed token from a malformed message
    static PushResult of(MessagingErrorCode code, String message, @Nullable Duration after) {
        String reason = code.name();
        return switch (code) {
            case UNREGISTERED -> new TokenGone(reason, null);
            // The token is of another project.
            case SENDER_ID_MISMATCH -> new TokenGone(reason, null);
            case INVALID_ARGUMENT ->
                message.toLowerCase(Locale.ROOT).contains("registration token")
                        ? new TokenGone(reason, null)
                        : new Refused(reason);
            // Of this device, in most cases: others are sent to.
            case QUOTA_EXCEEDED -> new Later(reason, after);
            // The project's APNs or web push key is not good: Android goes on.
            case THIRD_PARTY_AUTH_ERROR -> new Later(reason, after);
            case INTERNAL, UNAVAILABLE -> new Unavailable(reason, after);
        };
    }

    /// Not from messaging, but from Google's platform around it.
    static PushResult of(ErrorCode code, @Nullable Duration after) {
        String reason = code.name();
        return switch (code) {
            case UNAUTHENTICATED, PERMISSION_DENIED, NOT_FOUND -> new Misconfigured(reason);
            case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE, ALREADY_EXISTS, CONFLICT -> new Refused(reason);
            case ABORTED, CANCELLED, DATA_LOSS, DEADLINE_EXCEEDED, INTERNAL, RESOURCE_EXHAUSTED, UNAVAILABLE, UNKNOWN ->
                new Unavailable(reason, after);
        };
    }

    /// No access token could be had: it is our account that is not good, or Google's OAuth is away.
    private static @Nullable PushResult oauth(Throwable refusal) {
        for (Throwable cause = refusal.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof Retryable auth) {
                return auth.isRetryable() ? new Unavailable("oauth", null) : new Misconfigured("oauth");
            }
        }
        return null;
    }
}
