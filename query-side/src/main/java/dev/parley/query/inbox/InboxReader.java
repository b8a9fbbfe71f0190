package dev.parley.query.inbox;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.query.QuerySideSchema;
import dev.parley.query.inbox.ConversationRow.LastMessage;
import dev.parley.query.inbox.ConversationsController.Detail;
import dev.parley.query.inbox.ConversationsController.DetailMember;
import dev.parley.query.inbox.ConversationsController.Entry;
import dev.parley.query.inbox.ConversationsController.Last;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Reads the tables of `query_side` as the endpoints show them.
@Component
class InboxReader {

    private static final int MEMBERS_SHOWN = 200;

    private final JdbcClient jdbc;
    private final Names names;

    InboxReader(JdbcClient jdbc, Names names, QuerySideSchema schema) {
        this.jdbc = jdbc;
        this.names = names;
    }

    /// @param next the position to go on before, null on the last page
    record Page(List<Entry> entries, @Nullable Long next) {}

    private record Unread(ConversationRow conversation, long unread) {}

    /// @param before the last position of the conversation that the page before ended with
    Page page(AccountId account, long before, int size) {
        List<Unread> found = jdbc.sql("""
                select c.*, c.sent - m.read_sent as unread
                from query_side.member m join query_side.conversation c on c.id = m.conversation
                where m.account = ? and m.to_position is null and c.last_position < ?
                order by c.last_position desc limit ?""")
                .params(account.value(), before, size + 1)
                .query((row, n) -> new Unread(ConversationRows.read(row), row.getLong("unread")))
                .list();
        List<Unread> shown = found.subList(0, Math.min(size, found.size()));
        Map<AccountId, String> usernames = names.usernames(shown.stream()
                .map(entry -> entry.conversation().lastMessage())
                .filter(Objects::nonNull)
                .map(LastMessage::sender)
                .toList());
        Long next = found.size() > size ? shown.getLast().conversation().lastPosition() : null;
        return new Page(shown.stream().map(entry -> entry(entry, usernames)).toList(), next);
    }

    /// @param conversation one that exists
    Detail detail(ConversationId conversation) {
        ConversationRow row = jdbc.sql("select * from query_side.conversation where id = ?")
                .param(conversation.value())
                .query((result, n) -> ConversationRows.read(result))
                .single();
        long count = jdbc.sql("select count(*) from query_side.member where conversation = ? and to_position is null")
                .param(conversation.value())
                .query(Long.class)
                .single();
        List<DetailMember> members = jdbc.sql("""
                select m.account, a.username, a.display_name, m.role
                from query_side.member m left join query_side.account a on a.id = m.account
                where m.conversation = ? and m.to_position is null
                order by a.username, m.account limit ?""")
                .params(conversation.value(), MEMBERS_SHOWN)
                .query((result, n) -> new DetailMember(
                        new AccountId(result.getObject(1, UUID.class)),
                        result.getString(2),
                        result.getString(3),
                        result.getString(4).toLowerCase(Locale.ROOT)))
                .list();
        return new Detail(row.id(), kind(row), row.title(), members, count, row.sent() + row.imported());
    }

    private static Entry entry(Unread entry, Map<AccountId, String> usernames) {
        ConversationRow row = entry.conversation();
        LastMessage message = row.lastMessage();
        Last last = message == null
                ? null
                : new Last(
                        message.id(),
                        message.sender(),
                        usernames.get(message.sender()),
                        message.excerpt(),
                        message.seq(),
                        message.at());
        return new Entry(row.id(), kind(row), row.title(), row.lastActivity(), last, entry.unread());
    }

    private static String kind(ConversationRow row) {
        return row.kind().name().toLowerCase(Locale.ROOT);
    }
}
