package dev.parley.notifications.policy;

import dev.parley.notifications.outbox.MessageTable;
import org.springframework.stereotype.Component;

/// What the role knows from the stream: membership and names, what was read and muted, and what is said now. At most
/// eleven statements a batch, in the caller's transaction.
@Component
class Knowledge {

    private final AudienceStore audience;
    private final MarkStore marks;
    private final MessageTable messages;
    private final Decided decided;

    Knowledge(AudienceStore audience, MarkStore marks, MessageTable messages, Decided decided) {
        this.audience = audience;
        this.marks = marks;
        this.messages = messages;
        this.decided = decided;
    }

    /// Names come first: whose name goes, their devices go. What was said is kept only for messages that may ring.
    void learn(FactBatch batch) {
        AudienceChanges changes = batch.audience();
        audience.name(changes.names());
        if (batch.cleared() >= 0) {
            audience.clear(batch.cleared());
            marks.clear(batch.cleared());
        }
        audience.join(changes.joined());
        audience.leave(changes.left());
        audience.title(changes.titles());
        audience.close(changes.closed());
        marks.read(batch.marks().reads().values());
        marks.mute(batch.marks().mutes());
        long after = decided.before(batch, PushProcessors.PUSH);
        messages.edit(batch.said().edits().values().stream()
                .filter(edit -> edit.position() > after)
                .toList());
        messages.delete(batch.said().deletions().values().stream()
                .filter(deletion -> deletion.position() > after)
                .toList());
    }
}
