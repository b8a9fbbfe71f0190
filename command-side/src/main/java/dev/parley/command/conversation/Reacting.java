package dev.parley.command.conversation;

import dev.parley.command.conversation.Targets.Target;
import dev.parley.command.dispatch.Refusal;
import dev.parley.command.dispatch.WrittenText;
import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.conversation.ConversationCommand.AddReaction;
import dev.parley.messages.conversation.ConversationCommand.RemoveReaction;
import dev.parley.messages.conversation.ConversationEvent.ReactionAdded;
import dev.parley.messages.conversation.ConversationEvent.ReactionRemoved;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// Decides on reactions to recent messages. Each throws a [Refusal] `not-a-member`, `forbidden` for a reader,
/// `invalid`,
/// `too-many-reactions`, or why there is no such message to react to.
final class Reacting {

    private Reacting() {}

    static Decision decide(ConversationState state, ConversationLimits limits, AddReaction command) {
        Right.WRITE.require(state, command.account());
        Refusal.ifAny(fault(limits, command.reaction()));
        Target target = Targets.undeleted(state, command.message());
        Reactions there = target.said().reactions();
        if (there.has(command.reaction(), command.account())) {
            return new Decision.Unchanged();
        }
        if (!there.hasKind(command.reaction())) {
            requireRoom(state, limits, there, command.reaction());
        }
        if (state.recent().reactions() >= limits.reactionsKept()) {
            throw tooMany("The recent messages have at most " + limits.reactionsKept() + " reactions together");
        }
        return new Decision.News(new ReactionAdded(
                command.conversation(),
                command.message(),
                target.message().seq(),
                command.account(),
                command.reaction(),
                command.at().truncatedTo(ChronoUnit.MILLIS)));
    }

    static Decision decide(ConversationState state, RemoveReaction command) {
        Right.WRITE.require(state, command.account());
        Target target = Targets.undeleted(state, command.message());
        return target.said().reactions().has(command.reaction(), command.account())
                ? new Decision.News(new ReactionRemoved(
                        command.conversation(),
                        command.message(),
                        target.message().seq(),
                        command.account(),
                        command.reaction(),
                        command.at().truncatedTo(ChronoUnit.MILLIS)))
                : new Decision.Unchanged();
    }

    /// For one more kind.
    private static void requireRoom(
            ConversationState state, ConversationLimits limits, Reactions there, String reaction) {
        if (there.kinds() >= limits.reactionKinds()) {
            throw tooMany("A message has at most " + limits.reactionKinds() + " different reactions");
        }
        long most = limits.reactionTextKept().toBytes();
        if (state.recent().reactionText() + WrittenText.utf8Length(reaction) > most) {
            throw tooMany("The recent messages have at most " + most + " bytes of different reactions together");
        }
    }

    private static @Nullable Rejection fault(ConversationLimits limits, String reaction) {
        if (reaction.isBlank()
                || !WrittenText.isStorable(reaction)
                || reaction.chars().anyMatch(Character::isISOControl)) {
            return Rejection.invalid("reaction", "A reaction is text of one line, not blank");
        }
        return limits.isReaction(WrittenText.utf8Length(reaction))
                ? null
                : Rejection.invalid(
                        "reaction", "A reaction is at most " + limits.reaction().toBytes() + " bytes of UTF-8");
    }

    private static Refusal tooMany(String detail) {
        return new Refusal(RejectionCode.TOO_MANY_REACTIONS, detail);
    }
}
