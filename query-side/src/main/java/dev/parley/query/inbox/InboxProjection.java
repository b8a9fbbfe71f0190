package dev.parley.query.inbox;

import dev.parley.messages.account.AccountEvent;
import dev.parley.messages.account.AccountEvent.AccountRegistered;
import dev.parley.messages.account.AccountEvent.RoleGranted;
import dev.parley.messages.account.AccountEvent.RoleWithdrawn;
import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.query.QuerySideConfiguration;
import dev.parley.query.batch.Batch;
import dev.parley.query.batch.Recorded;
import java.time.Instant;
import java.util.List;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventhandling.TrackingToken;
import org.springframework.stereotype.Component;

/// Facts to the tables of `query_side`, in the transaction that moves the processor's token. It can be given any fact
/// again.
@Component
@ProcessingGroup(QuerySideConfiguration.INBOX)
class InboxProjection {

    private final InboxTables tables;
    private final Batch<Recorded<AccountRegistered>> accounts = new Batch<>("inbox.accounts", this::writeAccounts);
    private final Batch<Recorded<ConversationEvent>> conversations =
            new Batch<>("inbox.conversations", this::writeConversations);

    InboxProjection(InboxTables tables) {
        this.tables = tables;
    }

    @EventHandler
    void on(AccountEvent event, TrackingToken token, @SequenceNumber long seq, @Timestamp Instant storedAt) {
        switch (event) {
            case AccountRegistered registered ->
                accounts.add(new Recorded<>(registered, token.position().getAsLong(), seq, storedAt));
            case RoleGranted granted -> {}
            case RoleWithdrawn withdrawn -> {}
        }
    }

    @EventHandler
    void on(ConversationEvent event, TrackingToken token, @SequenceNumber long seq, @Timestamp Instant storedAt) {
        conversations.add(new Recorded<>(event, token.position().getAsLong(), seq, storedAt));
    }

    private void writeAccounts(List<Recorded<AccountRegistered>> batch) {
        tables.write(batch);
    }

    private void writeConversations(List<Recorded<ConversationEvent>> batch) {
        InboxChanges changes = new InboxChanges(tables.conversations(batch.stream()
                .map(recorded -> recorded.fact().conversation())
                .distinct()
                .toList()));
        batch.forEach(changes::apply);
        tables.write(changes);
    }
}
