package dev.parley.notifications.gateway;

/// Verdicts in the words of `docs/push-providers.md`.
final class Verdicts {

    private Verdicts() {}

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
