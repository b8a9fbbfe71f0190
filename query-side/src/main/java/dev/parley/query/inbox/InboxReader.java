package dev.parley.query.inbox;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.query.QuerySideSchema;
import dev.parley.query.inbox.ConversationRow.LastMessage;
import dev.parley.query.inbox.ConversationsController.Detail;
import dev.parley.query.inbox.ConversationsController.DetailMember;
import dev.parley.query.inbox.ConversationsController.Entry;
import dev.parley.query.inbox.ConversationsController.Last;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
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

    private static final String PAGE = """
            select c.*, greatest(0, c.sent - m.read_sent) as unread,
                (select count(*) from query_side.mention n
                    where n.account = m.account and n.conversation = m.conversation) as mentions,
                k.muted and coalesce(k.muted_until > now(), true) as muted_now, k.muted_until,
                c.history = 'ALL' or exists (
                    select 1 from query_side.member e where e.conversation = c.id and e.account = m.account
                        and c.message_position between e.from_position
                            and coalesce(e.to_position, 9223372036854775807)) as message_visible
            from query_side.member m join query_side.conversation c on c.id = m.conversation
                left join query_side.mark k on k.conversation = m.conversation and k.account = m.account
            where m.account = ? and m.to_position is null and c.last_position < ?
            order by c.last_position desc limit ?""";

    /// @param last null where there is none to show
    private record Listed(
            ConversationRow conversation,
            @Nullable LastMessage last,
            long unread,
            long mentions,
            boolean muted,
            @Nullable Instant mutedUntil) {}

    /// @param before the last position of the conversation that the page before ended with
    Page page(AccountId account, long before, int size) {
        List<Listed> found = jdbc.sql(PAGE)
                .params(account.value(), before, size + 1)
                .query((row, n) -> listed(row))
                .list();
        List<Listed> shown = found.subList(0, Math.min(size, found.size()));
        Map<AccountId, String> usernames = names.usernames(shown.stream()
                .map(Listed::last)
                .filter(Objects::nonNull)
                .map(LastMessage::sender)
                .toList());
        Long next =
                found.size() > size ? shown.getLast().conversation().latest().position() : null;
        return new Page(shown.stream().map(entry -> entry(entry, usernames)).toList(), next);
    }

    private static Listed listed(ResultSet row) throws SQLException {
        ConversationRow conversation = ConversationRows.read(row);
        boolean muted = row.getBoolean("muted_now");
        OffsetDateTime until = row.getObject("muted_until", OffsetDateTime.class);
        return new Listed(
                conversation,
                row.getBoolean("message_visible") ? conversation.lastMessage() : null,
                row.getLong("unread"),
                row.getLong("mentions"),
                muted,
                muted && until != null ? until.toInstant() : null);
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
        return new Detail(
                row.id(),
                kind(row),
                row.settings().title(),
                row.settings().topic(),
                row.settings().history().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                members,
                count,
                row.counted().sent() + row.counted().imported());
    }

    private static Entry entry(Listed entry, Map<AccountId, String> usernames) {
        ConversationRow row = entry.conversation();
        LastMessage message = entry.last();
        return new Entry(
                row.id(),
                kind(row),
                row.settings().title(),
                row.settings().topic(),
                row.latest().at(),
                message == null ? null : last(message, usernames),
                entry.unread(),
                entry.mentions(),
                entry.muted() ? true : null,
                entry.mutedUntil());
    }

    private static Last last(LastMessage message, Map<AccountId, String> usernames) {
        return new Last(
                message.id(),
                message.sender(),
                usernames.get(message.sender()),
                message.excerpt(),
                message.attachments() == 0 ? null : message.attachments(),
                message.place().seq(),
                message.at(),
                message.excerpt() == null ? true : null);
    }

    private static String kind(ConversationRow row) {
        return row.kind().name().toLowerCase(Locale.ROOT);
    }
}
