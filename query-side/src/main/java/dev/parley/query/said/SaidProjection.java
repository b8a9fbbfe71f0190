package dev.parley.query.said;

import dev.parley.messages.Fact;
import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.query.QuerySideConfiguration;
import dev.parley.query.batch.Batch;
import dev.parley.query.batch.Recorded;
import java.time.Instant;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventhandling.TrackingToken;
import org.springframework.stereotype.Component;

/// Every version of every message to Elasticsearch, and that it was deleted or reacted to: a document for each fact, in
/// one bulk request for each batch. It only grows; a cleared application takes nothing away from auditors. While
/// Elasticsearch is down the processor retries with back-off.
@Component
@ProcessingGroup(QuerySideConfiguration.SAID)
class SaidProjection {

    private final Batch<Recorded<ConversationEvent>> batch;

    SaidProjection(SaidIndex index) {
        this.batch = new Batch<>("said.facts", index::write);
    }

    @EventHandler
    void on(ConversationEvent event, TrackingToken token, @SequenceNumber long seq, @Timestamp Instant storedAt) {
        batch.add(new Recorded<>(event, token.position().getAsLong(), seq, storedAt));
    }

    /// Nothing to index, but the token moves on for who waits for it.
    @EventHandler
    void on(Fact other) {}
}
