package dev.parley.query.history;

import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.messages.conversation.ConversationEvent.ConversationStarted;
import dev.parley.query.QuerySideSchema;
import dev.parley.query.batch.Recorded;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/// The conversations that were started after the application was last cleared, in `query_side.started`; nothing is
/// kept while it never was. Calls take part in the transaction of the batch.
@Component
class StartedConversations {

    private static final int ROWS_A_STATEMENT = 500;

    private final JdbcTemplate jdbc;

    StartedConversations(JdbcTemplate jdbc, QuerySideSchema schema) {
        this.jdbc = jdbc;
    }

    /// Remembers those that these facts start, and leaves out the facts of all that are not remembered.
    List<Recorded<ConversationEvent>> only(List<Recorded<ConversationEvent>> facts) {
        List<UUID> starts = facts.stream()
                .map(Recorded::fact)
                .filter(ConversationStarted.class::isInstance)
                .map(start -> start.conversation().value())
                .toList();
        jdbc.batchUpdate(
                "insert into query_side.started (conversation) values (?) on conflict do nothing",
                starts,
                ROWS_A_STATEMENT,
                (statement, conversation) -> statement.setObject(1, conversation));
        Set<UUID> known = known(facts);
        return facts.stream()
                .filter(recorded -> known.contains(conversation(recorded)))
                .toList();
    }

    void forget() {
        jdbc.update("delete from query_side.started");
    }

    private Set<UUID> known(List<Recorded<ConversationEvent>> facts) {
        UUID[] keys = facts.stream()
                .map(StartedConversations::conversation)
                .distinct()
                .toArray(UUID[]::new);
        return new HashSet<>(jdbc.query(
                "select conversation from query_side.started where conversation = any (?)",
                statement -> statement.setObject(1, keys),
                (row, n) -> row.getObject(1, UUID.class)));
    }

    private static UUID conversation(Recorded<ConversationEvent> recorded) {
        return recorded.fact().conversation().value();
    }
}
