package dev.parley.notifications.gateway;

import com.google.firebase.IncomingHttpResponse;
import com.google.firebase.messaging.FirebaseMessagingException;
import com.google.firebase.messaging.MessagingErrorCode;
import dev.parley.notifications.gateway.PushResult.Later;
import dev.parley.notifications.gateway.PushResult.Refused;
import dev.parley.notifications.gateway.PushResult.TokenGone;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads a refusal of FCM, after Google's table "ErrorCode" of the HTTP v1 API.
final class FcmVerdict {

    private FcmVerdict() {}

    static PushResult of(FirebaseMessagingException refusal) {
        MessagingErrorCode code = refusal.getMessagingErrorCode();
        Duration after = retryAfter(refusal.getHttpResponse());
        if (code == null) {
            // Not from messaging: the way there, or the OAuth token, failed.
            return new Later(refusal.getErrorCode().name(), after);
        }
        return switch (code) {
            case UNREGISTERED -> new TokenGone(code.name(), null);
            case INVALID_ARGUMENT, SENDER_ID_MISMATCH -> new Refused(code.name());
            case THIRD_PARTY_AUTH_ERROR, INTERNAL, QUOTA_EXCEEDED, UNAVAILABLE -> new Later(code.name(), after);
        };
    }

    /// RFC 9110, section 10.2.3, in seconds; the form with a date is not used by FCM and counts as absent.
    private static @Nullable Duration retryAfter(@Nullable IncomingHttpResponse response) {
        if (response == null) {
            return null;
        }
        for (Map.Entry<String, Object> header : response.getHeaders().entrySet()) {
            if (header.getKey().equalsIgnoreCase("retry-after")) {
                Object value = header.getValue() instanceof Collection<?> several && !several.isEmpty()
                        ? several.iterator().next()
                        : header.getValue();
                String seconds = String.valueOf(value).strip();
                return seconds.matches("\\d{1,7}") ? Duration.ofSeconds(Long.parseLong(seconds)) : null;
            }
        }
        return null;
    }
}
