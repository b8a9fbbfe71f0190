package dev.parley.query.inbox;

import dev.parley.messages.ConversationId;
import dev.parley.messages.Fact;
import dev.parley.messages.account.AccountEvent;
import dev.parley.messages.account.AccountEvent.AccountRegistered;
import dev.parley.messages.account.AccountEvent.RoleGranted;
import dev.parley.messages.account.AccountEvent.RoleWithdrawn;
import dev.parley.messages.application.ApplicationEvent;
import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.messages.member.MemberEvent;
import dev.parley.query.QuerySideConfiguration;
import dev.parley.query.batch.Batch;
import dev.parley.query.batch.Recorded;
import dev.parley.query.clear.Clear;
import dev.parley.query.clear.Clears;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventhandling.TrackingToken;
import org.springframework.stereotype.Component;

/// Facts to the tables of `query_side`, in the transaction that moves the processor's token. It can be given any fact
/// again. A cleared application empties them.
@Component
@ProcessingGroup(QuerySideConfiguration.INBOX)
class InboxProjection {

    private final InboxTables tables;
    private final Clears clears;
    private final Batch<Recorded<Fact>> batch = new Batch<>("inbox.facts", this::write);

    InboxProjection(InboxTables tables, Clears clears) {
        this.tables = tables;
        this.clears = clears;
    }

    @EventHandler
    void on(AccountEvent event, TrackingToken token, @SequenceNumber long seq, @Timestamp Instant storedAt) {
        switch (event) {
            case AccountRegistered registered -> collect(registered, token, seq, storedAt);
            case RoleGranted granted -> {}
            case RoleWithdrawn withdrawn -> {}
        }
    }

    @EventHandler
    void on(ConversationEvent event, TrackingToken token, @SequenceNumber long seq, @Timestamp Instant storedAt) {
        collect(event, token, seq, storedAt);
    }

    @EventHandler
    void on(MemberEvent event, TrackingToken token, @SequenceNumber long seq, @Timestamp Instant storedAt) {
        collect(event, token, seq, storedAt);
    }

    @EventHandler
    void on(ApplicationEvent event, TrackingToken token, @SequenceNumber long seq, @Timestamp Instant storedAt) {
        collect(event, token, seq, storedAt);
    }

    /// Nothing to store, but the token moves on for who waits for it.
    @EventHandler
    void on(Fact other) {}

    private void collect(Fact fact, TrackingToken token, long seq, Instant storedAt) {
        batch.add(new Recorded<>(fact, token.position().getAsLong(), seq, storedAt));
    }

    /// All of a batch, in the caller's transaction.
    void write(List<Recorded<Fact>> facts) {
        Clear clear = clears.apply(QuerySideConfiguration.INBOX, facts, tables::empty);
        tables.write(clear.after(AccountRegistered.class, facts));

        List<Recorded<Fact>> rest = clear.after(Fact.class, facts);
        List<ConversationId> conversations =
                rest.stream().flatMap(InboxProjection::conversation).distinct().toList();
        if (!conversations.isEmpty()) {
            InboxChanges changes = new InboxChanges(tables.conversations(conversations), clear);
            rest.forEach(changes::apply);
            tables.write(changes);
        }
    }

    private static Stream<ConversationId> conversation(Recorded<Fact> recorded) {
        return switch (recorded.fact()) {
            case ConversationEvent event -> Stream.of(event.conversation());
            case MemberEvent event -> Stream.of(event.conversation());
            default -> Stream.of();
        };
    }
}
