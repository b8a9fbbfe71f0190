package dev.parley.query.inbox;

import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.messages.member.MemberEvent;
import dev.parley.messages.member.MemberEvent.ConversationMuted;
import dev.parley.messages.member.MemberEvent.ConversationUnmuted;
import dev.parley.messages.member.MemberEvent.MessagesDelivered;
import dev.parley.messages.member.MemberEvent.MessagesRead;
import dev.parley.query.inbox.Mark.Muting;

/// What a fact is as a [Mark].
final class MemberMarks {

    private MemberMarks() {}

    /// @param newest the `seq` of the conversation's newest event then; a mark beyond it counts as it
    static Mark of(MemberEvent event, long newest, long position) {
        Mark.Member member = new Mark.Member(event.conversation(), event.account());
        return switch (event) {
            case MessagesDelivered delivered ->
                new Mark(member, Math.min(delivered.seq(), newest), null, null, null, position);
            case MessagesRead read ->
                new Mark(member, null, Math.min(read.seq(), newest), read.shared(), null, position);
            case ConversationMuted muted ->
                new Mark(member, null, null, null, new Muting(true, muted.until()), position);
            case ConversationUnmuted unmuted -> new Mark(member, null, null, null, Muting.NONE, position);
        };
    }

    /// Who sends has read what was there, and everybody sees that it sent: nothing more is told to others than before.
    static Mark of(MessageSent sent, long seq, long position) {
        return new Mark(new Mark.Member(sent.conversation(), sent.sender()), null, seq, null, null, position);
    }
}
