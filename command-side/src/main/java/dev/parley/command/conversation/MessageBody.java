package dev.parley.command.conversation;

import dev.parley.command.dispatch.WrittenText;
import dev.parley.messages.AccountId;
import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rules for the text of a message and whom it mentions.
final class MessageBody {

    private MessageBody() {}

    /// @return null for a body that is good; `invalid` or `too-large`
    static @Nullable Rejection fault(ConversationLimits limits, String body) {
        return body.isBlank() ? blank() : faultButBlank(limits, body);
    }

    /// As [#fault] for a message that carries something: it may be blank.
    static @Nullable Rejection faultButBlank(ConversationLimits limits, String body) {
        if (!limits.isBody(body.length()) || !limits.isBody(WrittenText.utf8Length(body))) {
            return new Rejection(
                    RejectionCode.TOO_LARGE,
                    "A message is at most " + limits.body().toBytes() + " bytes of UTF-8",
                    "body");
        }
        return WrittenText.isStorable(body) ? null : Rejection.invalid("body", "A message is text without U+0000");
    }

    static Rejection blank() {
        return Rejection.invalid("body", "A message without attachments is not blank");
    }

    /// @return null where they are good, members or not; `invalid`
    static @Nullable Rejection mentionsFault(ConversationLimits limits, List<AccountId> mentions) {
        if (mentions.size() > limits.mentions()) {
            return Rejection.invalid("mentions", "A message mentions at most " + limits.mentions());
        }
        return new HashSet<>(mentions).size() < mentions.size()
                ? Rejection.invalid("mentions", "Each is mentioned once")
                : null;
    }

    /// To be asked for what is new only: a repeat is good even if a member has left meanwhile.
    ///
    /// @return null where all are members; `invalid`
    static @Nullable Rejection strangerFault(ConversationState state, List<AccountId> mentions) {
        return state.members().accounts().containsAll(mentions)
                ? null
                : Rejection.invalid("mentions", "Only members of this conversation are mentioned");
    }
}
