package dev.parley.query.history;

import dev.parley.messages.Fact;
import dev.parley.messages.application.ApplicationEvent;
import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.messages.conversation.ConversationEvent.ConversationRenamed;
import dev.parley.messages.conversation.ConversationEvent.ConversationStarted;
import dev.parley.messages.conversation.ConversationEvent.HistoryVisibilityChanged;
import dev.parley.messages.conversation.ConversationEvent.MemberAdded;
import dev.parley.messages.conversation.ConversationEvent.MemberRemoved;
import dev.parley.messages.conversation.ConversationEvent.MemberRoleChanged;
import dev.parley.messages.conversation.ConversationEvent.MessageDeleted;
import dev.parley.messages.conversation.ConversationEvent.MessageEdited;
import dev.parley.messages.conversation.ConversationEvent.MessageImported;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.messages.conversation.ConversationEvent.PlayerSeated;
import dev.parley.messages.conversation.ConversationEvent.ReactionAdded;
import dev.parley.messages.conversation.ConversationEvent.ReactionRemoved;
import dev.parley.messages.conversation.ConversationEvent.TopicChanged;
import dev.parley.query.QuerySideConfiguration;
import dev.parley.query.batch.Batch;
import dev.parley.query.batch.Recorded;
import dev.parley.query.clear.Clear;
import dev.parley.query.clear.Clears;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventhandling.TrackingToken;
import org.springframework.stereotype.Component;

/// Messages to Elasticsearch, one bulk request for each batch of the processor, and one to fetch what edits and
/// deletions change ([MessageChanges]); reactions to PostgreSQL, in the transaction of the batch. The token moves only
/// after the bulk succeeded; it can be given any fact again. While Elasticsearch is down the processor retries with
/// back-off.
///
/// The batch's database transaction is open during the bulk request. It holds one connection and a lock on this
/// processor's token, which nobody waits for. A cleared application empties the index; messages of before that are
/// stored after it are not indexed.
@Component
@ProcessingGroup(QuerySideConfiguration.HISTORY)
class HistoryProjection {

    private final MessageIndex index;
    private final ReactionTable reactions;
    private final StartedConversations started;
    private final Clears clears;
    private final DistributionSummary size;
    private final Counter failures;
    private final Batch<Recorded<Fact>> batch = new Batch<>("history.facts", this::write);

    HistoryProjection(
            MessageIndex index,
            ReactionTable reactions,
            StartedConversations started,
            Clears clears,
            MeterRegistry meters) {
        this.index = index;
        this.reactions = reactions;
        this.started = started;
        this.clears = clears;
        this.size = DistributionSummary.builder("parley.query-side.bulk.size")
                .description("Messages in a bulk request to Elasticsearch")
                .register(meters);
        this.failures = Counter.builder("parley.query-side.bulk.failures")
                .description("Bulk requests to Elasticsearch that failed and come again")
                .register(meters);
    }

    @EventHandler
    void on(ConversationEvent event, TrackingToken token, @SequenceNumber long seq, @Timestamp Instant storedAt) {
        switch (event) {
            case MessageSent sent -> collect(sent, token, seq, storedAt);
            case MessageImported imported -> collect(imported, token, seq, storedAt);
            case ConversationStarted first -> collect(first, token, seq, storedAt);
            case MessageEdited edited -> collect(edited, token, seq, storedAt);
            case MessageDeleted deleted -> collect(deleted, token, seq, storedAt);
            case ReactionAdded reaction -> collect(reaction, token, seq, storedAt);
            case ReactionRemoved reaction -> collect(reaction, token, seq, storedAt);
            case MemberAdded added -> {}
            case MemberRemoved removed -> {}
            case PlayerSeated seated -> {}
            case MemberRoleChanged changed -> {}
            case ConversationRenamed renamed -> {}
            case TopicChanged topic -> {}
            case HistoryVisibilityChanged history -> {}
        }
    }

    @EventHandler
    void on(ApplicationEvent event, TrackingToken token, @SequenceNumber long seq, @Timestamp Instant storedAt) {
        collect(event, token, seq, storedAt);
    }

    /// Nothing to index, but the token moves on for who waits for it.
    @EventHandler
    void on(Fact other) {}

    private void collect(Fact fact, TrackingToken token, long seq, Instant storedAt) {
        batch.add(new Recorded<>(fact, token.position().getAsLong(), seq, storedAt));
    }

    /// All of a batch, in the caller's transaction.
    void write(List<Recorded<Fact>> facts) {
        Clear clear = clears.apply(QuerySideConfiguration.HISTORY, facts, this::empty);
        List<Recorded<ConversationEvent>> events = clear.after(ConversationEvent.class, facts);
        List<Recorded<ConversationEvent>> present = clear.happened() ? started.only(events) : events;
        Set<String> reactedTo = reactions.write(present);
        try {
            index(new MessageChanges(present, reactedTo));
        } catch (RuntimeException failure) {
            failures.increment();
            throw failure;
        }
    }

    private void empty() {
        index.renew();
        reactions.empty();
        started.forget();
    }

    private void index(MessageChanges changes) {
        Set<String> needed = changes.needed();
        Collection<MessageDocument> documents = changes.apply(needed.isEmpty() ? List.of() : index.find(needed));
        if (documents.isEmpty()) {
            return;
        }
        size.record(documents.size());
        index.write(documents);
    }
}
