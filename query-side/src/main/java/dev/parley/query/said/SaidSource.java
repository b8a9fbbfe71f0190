package dev.parley.query.said;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.parley.messages.MessageId;
import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.query.batch.Recorded;

/// A fact about a message as it is written; [SaidDocument] is what is read of it.
///
/// @param message a message's document, or of a fact without a body its [Place]
record SaidSource(
        String kind,
        String subject,
        String by,
        long fact,
        @JsonUnwrapped Record message) {

    /// The fields that every message's document has.
    private record Place(String conversation, String message, long position, long seq, long at) {}

    static SaidSource of(Recorded<ConversationEvent> recorded, SaidFact fact) {
        String conversation = recorded.fact().conversation().toString();
        MessageId message = fact.message();
        return new SaidSource(
                fact.kind(),
                conversation + ":" + message,
                fact.by().toString(),
                recorded.seq(),
                fact.document() == null
                        ? new Place(
                                conversation,
                                message.toString(),
                                recorded.position(),
                                fact.messageSeq(),
                                fact.at().toEpochMilli())
                        : fact.document());
    }
}
