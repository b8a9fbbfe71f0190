package dev.parley.query.history;

import dev.parley.messages.AccountId;
import dev.parley.messages.MessageId;
import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.messages.conversation.ConversationEvent.ReactionAdded;
import dev.parley.messages.conversation.ConversationEvent.ReactionRemoved;
import dev.parley.query.QuerySideSchema;
import dev.parley.query.batch.Recorded;
import dev.parley.query.batch.Storable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Reads and writes `query_side.reaction`, a batch or a page at a time. Documents know only whether there are any: with
/// all of them they would grow without bound, and be written with all that reacted before.
///
/// A row says what the last fact about it said and is written for a later one only, so that a repeat changes nothing.
@Component
class ReactionTable {

    /// Accounts shown of each reaction.
    static final int SHOWN = 20;

    private static final String WRITE = """
            insert into query_side.reaction as r (conversation, message, reaction, account, removed, position)
            values (?, ?, ?, ?, ?, ?)
            on conflict (conversation, message, reaction, account) do update set
                removed = excluded.removed, position = excluded.position
            where r.position < excluded.position""";
    private static final String REACTED = """
            select shown.conversation, shown.message
            from (select distinct * from unnest(?::uuid[], ?::uuid[])) as shown (conversation, message)
            where exists (
                select 1 from query_side.reaction r
                where r.conversation = shown.conversation and r.message = shown.message and not r.removed)""";
    /// The reaction that came first comes first, and so do accounts.
    private static final String READ = """
            select conversation, message, reaction, account, everyone, mine from (
                select r.conversation, r.message, r.reaction, r.account, r.position,
                    count(*) over kind as everyone, bool_or(r.account = ?) over kind as mine,
                    min(r.position) over kind as first,
                    row_number() over (kind order by r.position, r.account) as place
                from unnest(?::uuid[], ?::uuid[]) as shown (conversation, message)
                    join query_side.reaction r
                        on r.conversation = shown.conversation and r.message = shown.message
                where not r.removed and r.position <= ?
                window kind as (partition by r.conversation, r.message, r.reaction)) ranked
            where place <= ? order by first, reaction, place""";

    private final JdbcTemplate jdbc;
    private final JdbcClient client;

    ReactionTable(JdbcTemplate jdbc, JdbcClient client, QuerySideSchema schema) {
        this.jdbc = jdbc;
        this.client = client;
    }

    private record Shown(String document, String reaction, String account, long everyone, boolean mine) {}

    void empty() {
        jdbc.update("delete from query_side.reaction");
    }

    /// What these facts say about reactions, in the caller's transaction.
    ///
    /// @return which of the documents that these facts are about have reactions after them
    Set<String> write(List<Recorded<ConversationEvent>> facts) {
        List<Object[]> rows = facts.stream()
                .flatMap(recorded -> switch (recorded.fact()) {
                    case ReactionAdded on -> row(on, on.message(), on.reaction(), on.account(), false, recorded);
                    case ReactionRemoved off -> row(off, off.message(), off.reaction(), off.account(), true, recorded);
                    default -> Stream.empty();
                })
                .toList();
        if (rows.isEmpty()) {
            return Set.of();
        }
        jdbc.batchUpdate(WRITE, rows);
        return new HashSet<>(jdbc.query(
                REACTED,
                statement -> {
                    statement.setObject(1, rows.stream().map(row -> row[0]).toArray(UUID[]::new));
                    statement.setObject(2, rows.stream().map(row -> row[1]).toArray(UUID[]::new));
                },
                (row, n) -> row.getString(1) + ":" + row.getString(2)));
    }

    private static Stream<Object[]> row(
            ConversationEvent fact,
            MessageId message,
            String reaction,
            AccountId account,
            boolean removed,
            Recorded<?> recorded) {
        return Stream.<Object[]>of(new Object[] {
            fact.conversation().value(),
            message.value(),
            Storable.text(reaction),
            account.value(),
            removed,
            recorded.position()
        });
    }

    /// The reactions to a page of messages by the ids of their documents; one without any is absent.
    ///
    /// @param until the last position that the caller may know of
    Map<String, List<ReactionView>> of(Collection<MessageDocument> page, AccountId caller, long until) {
        List<MessageDocument> present =
                page.stream().filter(document -> !document.isDeleted()).toList();
        if (present.isEmpty()) {
            return Map.of();
        }
        Map<String, Map<String, List<Shown>>> found = new HashMap<>();
        client.sql(READ)
                .params(
                        caller.value(),
                        ids(present, MessageDocument::conversation),
                        ids(present, MessageDocument::message),
                        until,
                        SHOWN)
                .query((row, n) -> new Shown(
                        row.getString(1) + ":" + row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getLong(5),
                        row.getBoolean(6)))
                .list()
                .forEach(shown -> found.computeIfAbsent(shown.document(), document -> new LinkedHashMap<>())
                        .computeIfAbsent(shown.reaction(), reaction -> new ArrayList<>())
                        .add(shown));
        Map<String, List<ReactionView>> views = new HashMap<>();
        found.forEach((document, kinds) -> views.put(
                document, kinds.values().stream().map(ReactionTable::view).toList()));
        return views;
    }

    private static ReactionView view(List<Shown> kind) {
        Shown any = kind.getFirst();
        List<String> accounts = kind.stream().map(Shown::account).toList();
        return new ReactionView(any.reaction(), any.everyone(), accounts, any.mine());
    }

    private static UUID[] ids(List<MessageDocument> documents, Function<MessageDocument, String> id) {
        return documents.stream().map(id).map(UUID::fromString).toArray(UUID[]::new);
    }
}
