package dev.parley.query.history;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.messages.conversation.ConversationEvent.MessageDeleted;
import dev.parley.messages.conversation.ConversationEvent.MessageEdited;
import dev.parley.messages.conversation.ConversationEvent.MessageImported;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.query.batch.Recorded;
import dev.parley.query.batch.Storable;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/// What the log says each message of a generation is, as hashes in the generation's table `expected_messages`, written
/// with the batch and without the code that makes documents. Facts must come in their order, each once: the table and
/// the position of a rebuild are committed together.
///
/// A [page][ExpectedPage] holds 256 places of a conversation, so that a batch writes few rows, and memory holds one
/// batch however long the log is.
final class ExpectedMessages {

    static final String TABLE = "expected_messages";
    static final String COLUMNS =
            "(conversation uuid, page bigint, messages integer not null, slots bytea not null, primary key (conversation, page))";

    private static final int ROWS_A_STATEMENT = 500;
    private static final String SELECT =
            "select e.conversation, e.page, e.messages, e.slots from query_side.expected_messages e ";

    private final JdbcTemplate jdbc;
    private final Set<ExpectedPage.Key> changed = new HashSet<>();
    private boolean compared;

    ExpectedMessages(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    void clear() {
        jdbc.update("delete from query_side.expected_messages");
        changed.clear();
    }

    void write(List<Recorded<ConversationEvent>> facts) {
        Map<ExpectedPage.Key, ExpectedPage> pages = new LinkedHashMap<>();
        for (Recorded<ConversationEvent> recorded : facts) {
            long seq = place(recorded);
            if (seq >= 0) {
                pages.put(key(recorded.fact().conversation(), seq), new ExpectedPage());
            }
        }
        if (pages.isEmpty()) {
            return;
        }
        find(pages.keySet()).forEach(pages::put);
        for (Recorded<ConversationEvent> recorded : facts) {
            long seq = place(recorded);
            if (seq >= 0) {
                ExpectedPage page = pages.get(key(recorded.fact().conversation(), seq));
                if (page != null) {
                    apply(page, seq, recorded);
                }
            }
        }
        if (compared) {
            changed.addAll(pages.keySet());
        }
        jdbc.batchUpdate(
                "insert into query_side.expected_messages (conversation, page, messages, slots) values (?, ?, ?, ?)"
                        + " on conflict (conversation, page) do update set messages = excluded.messages,"
                        + " slots = excluded.slots",
                pages.entrySet(),
                ROWS_A_STATEMENT,
                (statement, page) -> {
                    statement.setObject(1, page.getKey().conversation());
                    statement.setLong(2, page.getKey().number());
                    statement.setInt(3, page.getValue().messages());
                    statement.setBytes(4, page.getValue().bytes());
                });
    }

    private static void apply(ExpectedPage page, long seq, Recorded<ConversationEvent> recorded) {
        switch (recorded.fact()) {
            case MessageSent sent ->
                page.said(
                        seq,
                        identity(sent.conversation(), sent.message(), sent.sender(), sent.at(), recorded, false),
                        content(sent.body(), sent.mentions(), null));
            case MessageImported old ->
                page.said(
                        seq,
                        identity(old.conversation(), old.message(), old.sender(), old.at(), recorded, true),
                        content(old.body(), List.of(), null));
            case MessageEdited edited ->
                page.edited(seq, content(edited.body(), edited.mentions(), recorded.position()));
            case MessageDeleted deleted -> page.deleted(seq, content(null, List.of(), recorded.position()));
            default -> {}
        }
    }

    private static long identity(
            ConversationId conversation,
            MessageId message,
            AccountId sender,
            Instant at,
            Recorded<?> recorded,
            boolean imported) {
        return MessageHash.identity(
                conversation.toString(),
                message.toString(),
                sender.toString(),
                at.toEpochMilli(),
                recorded.seq(),
                recorded.position(),
                imported);
    }

    private static long content(@Nullable String body, List<AccountId> mentions, @Nullable Long version) {
        return MessageHash.content(
                body == null ? null : Storable.text(body),
                mentions.stream().map(AccountId::toString).toList(),
                version);
    }

    /// Where the message is that a fact is about, -1 for one that is about none.
    private static long place(Recorded<ConversationEvent> recorded) {
        return switch (recorded.fact()) {
            case MessageSent sent -> recorded.seq();
            case MessageImported imported -> recorded.seq();
            case MessageEdited edited -> edited.messageSeq();
            case MessageDeleted deleted -> deleted.messageSeq();
            default -> -1;
        };
    }

    private static ExpectedPage.Key key(ConversationId conversation, long seq) {
        return new ExpectedPage.Key(conversation.value(), seq / ExpectedPage.SLOTS);
    }

    /// How many messages there are to be.
    long count() {
        Long sum =
                jdbc.queryForObject("select coalesce(sum(messages), 0) from query_side.expected_messages", Long.class);
        return sum == null ? 0 : sum;
    }

    /// The pages that changed since this was asked last, or since [#after] was asked first.
    Set<ExpectedPage.Key> changed() {
        Set<ExpectedPage.Key> keys = Set.copyOf(changed);
        changed.clear();
        return keys;
    }

    /// The next pages in the order of conversations.
    Map<ExpectedPage.Key, ExpectedPage> after(ExpectedPage.Key last, int limit) {
        compared = true;
        return pages(
                SELECT + "where (e.conversation, e.page) > (?, ?) order by e.conversation, e.page limit ?",
                last.conversation(),
                last.number(),
                limit);
    }

    Map<ExpectedPage.Key, ExpectedPage> find(Collection<ExpectedPage.Key> keys) {
        return pages(
                SELECT + "join unnest(?::uuid[], ?::bigint[]) as wanted (conversation, page)"
                        + " on e.conversation = wanted.conversation and e.page = wanted.page",
                keys.stream().map(ExpectedPage.Key::conversation).toArray(UUID[]::new),
                keys.stream().map(ExpectedPage.Key::number).toArray(Long[]::new));
    }

    private Map<ExpectedPage.Key, ExpectedPage> pages(String sql, Object... parameters) {
        Map<ExpectedPage.Key, ExpectedPage> pages = new LinkedHashMap<>();
        jdbc.query(
                sql,
                (org.springframework.jdbc.core.RowCallbackHandler) row -> pages.put(
                        new ExpectedPage.Key(row.getObject(1, UUID.class), row.getLong(2)),
                        new ExpectedPage(row.getInt(3), row.getBytes(4))),
                parameters);
        return pages;
    }
}
