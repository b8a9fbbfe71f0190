package dev.parley.query.inbox;

import dev.parley.messages.member.MemberEvent;
import dev.parley.messages.member.MemberEvent.ConversationMuted;
import dev.parley.messages.member.MemberEvent.ConversationUnmuted;
import dev.parley.messages.member.MemberEvent.MessagesDelivered;
import dev.parley.messages.member.MemberEvent.MessagesRead;
import dev.parley.query.inbox.Mark.Muting;

/// What a fact of a member is as a [Mark].
final class MemberMarks {

    private MemberMarks() {}

    /// @param newest the `seq` of the conversation's newest event then; a mark beyond it counts as it
    static Mark of(MemberEvent event, long newest, long position) {
        Mark.Member member = new Mark.Member(event.conversation(), event.account());
        return switch (event) {
            case MessagesDelivered delivered ->
                new Mark(member, Math.min(delivered.seq(), newest), null, null, position);
            case MessagesRead read ->
                new Mark(member, null, read.shared() ? (Long) Math.min(read.seq(), newest) : null, null, position);
            case ConversationMuted muted -> new Mark(member, null, null, new Muting(true, muted.until()), position);
            case ConversationUnmuted unmuted -> new Mark(member, null, null, Muting.NONE, position);
        };
    }
}
