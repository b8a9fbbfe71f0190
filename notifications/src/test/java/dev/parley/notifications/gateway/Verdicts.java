package dev.parley.notifications.gateway;

import com.eatthepath.pushy.apns.server.RejectionReason;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// Verdicts in the words of `docs/push-providers.md`.
final class Verdicts {

    private Verdicts() {}

    /// Apple's text: `TooManyRequests`.
    static String text(RejectionReason reason) {
        return Arrays.stream(reason.name().split("_"))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }

    static String word(PushResult result) {
        return switch (result) {
            case PushResult.Sent sent -> "sent";
            case PushResult.TokenGone gone -> "drop token";
            case PushResult.Refused refused -> "drop message";
            case PushResult.Later later -> "retry";
            case PushResult.Unavailable away -> "retry service";
            case PushResult.Misconfigured ours -> "alarm";
            case PushResult.Paused paused -> "paused";
        };
    }
}
