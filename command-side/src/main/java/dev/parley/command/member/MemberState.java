package dev.parley.command.member;

import dev.parley.command.dispatch.Refusal;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.Rejection;
import dev.parley.messages.member.MemberCommand;
import dev.parley.messages.member.MemberCommand.MarkDelivered;
import dev.parley.messages.member.MemberCommand.MarkRead;
import dev.parley.messages.member.MemberCommand.MuteConversation;
import dev.parley.messages.member.MemberCommand.UnmuteConversation;
import dev.parley.messages.member.MemberEvent;
import dev.parley.messages.member.MemberEvent.ConversationMuted;
import dev.parley.messages.member.MemberEvent.ConversationUnmuted;
import dev.parley.messages.member.MemberEvent.MessagesDelivered;
import dev.parley.messages.member.MemberEvent.MessagesRead;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a member remembers in order to decide, and the decisions: the fold of its events. Immutable, and as it is
/// written into a snapshot: revise `@Revision` of [Member] when its shape changes.
///
/// @param delivered the last place in the conversation that a device has everything up to; -1 for none. What was read
///     was delivered.
/// @param read the last place that everything was read up to; -1 for none
/// @param mutedUntil null for ever, where it is muted
record MemberState(
        long delivered, long read, boolean muted, @Nullable Instant mutedUntil) {

    static final MemberState NEW = new MemberState(-1, -1, false, null);

    /// @return null where the command says nothing new
    /// @throws Refusal `invalid` for a place before the first, or for a time that has passed
    @Nullable
    MemberEvent decide(MemberCommand command) {
        ConversationId conversation = command.member().conversation();
        AccountId account = command.member().account();
        return switch (command) {
            case MarkDelivered it ->
                place(it.seq()) > delivered
                        ? new MessagesDelivered(conversation, account, it.seq(), millis(it.at()))
                        : null;
            case MarkRead it ->
                place(it.seq()) > read
                        ? new MessagesRead(conversation, account, it.seq(), it.shared(), millis(it.at()))
                        : null;
            case MuteConversation it -> {
                Instant until = it.until() == null ? null : millis(it.until());
                requireFuture(until, it.at());
                boolean same = muted && Objects.equals(mutedUntil, until);
                yield same ? null : new ConversationMuted(conversation, account, until, millis(it.at()));
            }
            case UnmuteConversation it ->
                isMuted(it.at()) ? new ConversationUnmuted(conversation, account, millis(it.at())) : null;
        };
    }

    MemberState after(MemberEvent event) {
        return switch (event) {
            case MessagesDelivered it -> new MemberState(it.seq(), read, muted, mutedUntil);
            case MessagesRead it -> new MemberState(Math.max(delivered, it.seq()), it.seq(), muted, mutedUntil);
            case ConversationMuted it -> new MemberState(delivered, read, true, it.until());
            case ConversationUnmuted it -> new MemberState(delivered, read, false, null);
        };
    }

    private boolean isMuted(Instant at) {
        return muted && (mutedUntil == null || at.isBefore(mutedUntil));
    }

    private static long place(long seq) {
        if (seq < 0) {
            throw new Refusal(Rejection.invalid("seq", "Places in a conversation count from 0"));
        }
        return seq;
    }

    private static void requireFuture(@Nullable Instant until, Instant at) {
        if (until != null && !until.isAfter(at)) {
            throw new Refusal(Rejection.invalid("until", "This time has passed"));
        }
    }

    private static Instant millis(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS);
    }
}
