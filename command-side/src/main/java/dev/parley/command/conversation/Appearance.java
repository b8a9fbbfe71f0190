package dev.parley.command.conversation;

import dev.parley.messages.conversation.HistoryVisibility;
import org.jspecify.annotations.Nullable;

/// How a conversation shows itself, to tell a change from what is so already.
record Appearance(@Nullable String title, @Nullable String topic, HistoryVisibility history) {

    static Appearance titled(@Nullable String title) {
        return new Appearance(title, null, HistoryVisibility.SINCE_JOINING);
    }

    Appearance withTitle(@Nullable String other) {
        return new Appearance(other, topic, history);
    }

    Appearance withTopic(@Nullable String other) {
        return new Appearance(title, other, history);
    }

    Appearance withHistory(HistoryVisibility other) {
        return new Appearance(title, topic, other);
    }
}
