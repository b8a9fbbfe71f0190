package dev.parley.command.conversation;

import dev.parley.command.dispatch.Refusal;
import dev.parley.command.dispatch.WrittenText;
import dev.parley.messages.Rejection;
import dev.parley.messages.conversation.ConversationCommand.ChangeHistoryVisibility;
import dev.parley.messages.conversation.ConversationCommand.ChangeTopic;
import dev.parley.messages.conversation.ConversationCommand.RenameConversation;
import dev.parley.messages.conversation.ConversationEvent.ConversationRenamed;
import dev.parley.messages.conversation.ConversationEvent.HistoryVisibilityChanged;
import dev.parley.messages.conversation.ConversationEvent.TopicChanged;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Decides what a conversation is called and about, and what later joiners see of it. Each returns null for what is so
/// already, and throws a [Refusal] `not-a-member`, `forbidden` or `invalid`.
final class Describing {

    private Describing() {}

    static @Nullable ConversationRenamed decide(
            ConversationState state, ConversationLimits limits, RenameConversation command) {
        Right.DESCRIBE.require(state, command.by());
        Refusal.ifAny(titleFault(limits, command.title()));
        return Objects.equals(state.appearance().title(), command.title())
                ? null
                : new ConversationRenamed(
                        command.conversation(),
                        command.title(),
                        command.by(),
                        command.at().truncatedTo(ChronoUnit.MILLIS));
    }

    static @Nullable TopicChanged decide(ConversationState state, ConversationLimits limits, ChangeTopic command) {
        Right.DESCRIBE.require(state, command.by());
        Refusal.ifAny(topicFault(limits, command.topic()));
        return Objects.equals(state.appearance().topic(), command.topic())
                ? null
                : new TopicChanged(
                        command.conversation(),
                        command.topic(),
                        command.by(),
                        command.at().truncatedTo(ChronoUnit.MILLIS));
    }

    static @Nullable HistoryVisibilityChanged decide(ConversationState state, ChangeHistoryVisibility command) {
        Right.OPEN_HISTORY.require(state, command.by());
        return state.appearance().history() == command.visibility()
                ? null
                : new HistoryVisibilityChanged(
                        command.conversation(),
                        command.visibility(),
                        command.by(),
                        command.at().truncatedTo(ChronoUnit.MILLIS));
    }

    /// @return null for a title that is good, or none
    static @Nullable Rejection titleFault(ConversationLimits limits, @Nullable String title) {
        return fault("title", title, limits.title());
    }

    /// @return null for a topic that is good, or none
    static @Nullable Rejection topicFault(ConversationLimits limits, @Nullable String topic) {
        return fault("topic", topic, limits.topic());
    }

    private static @Nullable Rejection fault(String field, @Nullable String text, int limit) {
        if (text == null) {
            return null;
        }
        if (text.length() > limit) {
            return Rejection.invalid(field, "It is at most " + limit + " characters");
        }
        return text.isBlank() || !WrittenText.isStorable(text)
                ? Rejection.invalid(field, "It is text, not blank and without U+0000")
                : null;
    }
}
