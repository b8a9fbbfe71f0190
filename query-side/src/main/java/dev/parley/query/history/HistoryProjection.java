package dev.parley.query.history;

import dev.parley.messages.account.AccountEvent;
import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.messages.conversation.ConversationEvent.ConversationStarted;
import dev.parley.messages.conversation.ConversationEvent.MemberAdded;
import dev.parley.messages.conversation.ConversationEvent.MemberRemoved;
import dev.parley.messages.conversation.ConversationEvent.MessageImported;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.messages.conversation.ConversationEvent.PlayerSeated;
import dev.parley.query.QuerySideConfiguration;
import dev.parley.query.batch.Batch;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.TrackingToken;
import org.springframework.data.elasticsearch.BulkFailureException;
import org.springframework.stereotype.Component;

/// Messages to Elasticsearch, one bulk request for each batch of the processor. The token moves only after the bulk
/// succeeded; it can be given any fact again. While Elasticsearch is down the processor retries with back-off.
///
/// The batch's database transaction is open during the bulk request. It holds one connection and a lock on this
/// processor's token, which nobody waits for.
@Component
@ProcessingGroup(QuerySideConfiguration.HISTORY)
class HistoryProjection {

    private static final int CONFLICT = 409;

    private final MessageIndex index;
    private final DistributionSummary size;
    private final Counter failures;
    private final Batch<MessageDocument> batch = new Batch<>("history.documents", this::write);

    HistoryProjection(MessageIndex index, MeterRegistry meters) {
        this.index = index;
        this.size = DistributionSummary.builder("parley.query-side.bulk.size")
                .description("Messages in a bulk request to Elasticsearch")
                .register(meters);
        this.failures = Counter.builder("parley.query-side.bulk.failures")
                .description("Bulk requests to Elasticsearch that failed and come again")
                .register(meters);
    }

    @EventHandler
    void on(ConversationEvent event, TrackingToken token, @SequenceNumber long seq) {
        long position = token.position().getAsLong();
        switch (event) {
            case MessageSent sent -> batch.add(MessageDocument.of(sent, position, seq));
            case MessageImported imported -> batch.add(MessageDocument.of(imported, position, seq));
            case ConversationStarted started -> {}
            case MemberAdded added -> {}
            case MemberRemoved removed -> {}
            case PlayerSeated seated -> {}
        }
    }

    /// Nothing to index, but the token moves on for who waits for it.
    @EventHandler
    void on(AccountEvent event) {}

    private void write(List<MessageDocument> documents) {
        size.record(documents.size());
        try {
            index.write(documents);
        } catch (BulkFailureException failure) {
            if (failure.getFailedDocuments().values().stream().anyMatch(item -> item.status() != CONFLICT)) {
                failures.increment();
                throw failure;
            }
        } catch (RuntimeException failure) {
            failures.increment();
            throw failure;
        }
    }
}
