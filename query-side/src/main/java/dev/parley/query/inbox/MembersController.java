package dev.parley.query.inbox;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.query.QuerySideConfiguration;
import dev.parley.query.QuerySideSchema;
import dev.parley.query.paging.Cursor;
import dev.parley.query.paging.Parameters;
import dev.parley.query.progress.ProjectionProgress;
import java.security.Principal;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// All members of a conversation, for its members, in the order of their accounts, with how far they are where that is
/// for the caller to see. A page costs the same wherever it is in a conversation of 20,000.
@RestController
class MembersController {

    private static final String LIST = "members";
    private static final UUID FIRST = new UUID(0, 0);
    private static final String SELECT = """
            select m.account, a.username, a.display_name, m.role,
                case when seen.by then greatest(k.delivered_seq, k.read_seq) end,
                case when seen.by then k.read_seq end
            from query_side.member m
                left join query_side.account a on a.id = m.account
                left join query_side.mark k on k.conversation = m.conversation and k.account = m.account
                cross join lateral (select coalesce(k.shared, true) or m.account = ? as by) seen
            where m.conversation = ? and m.account > ? and m.to_position is null
            order by m.account limit ?""";

    private final JdbcClient jdbc;
    private final Memberships memberships;
    private final ProjectionProgress progress;

    MembersController(JdbcClient jdbc, Memberships memberships, ProjectionProgress progress, QuerySideSchema schema) {
        this.jdbc = jdbc;
        this.memberships = memberships;
        this.progress = progress;
    }

    /// @param next absent on the last page
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Members(List<MemberView> members, @Nullable String next) {}

    /// @param username absent while the account is not projected yet, as is the display name
    /// @param delivered the `seq` up to which one of its devices has everything; absent for nothing to be seen
    /// @param read the `seq` up to which it has read; absent likewise
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record MemberView(
            AccountId account,
            @Nullable String username,
            @Nullable String displayName,
            String role,
            @Nullable Long delivered,
            @Nullable Long read) {}

    @GetMapping("/api/v1/conversations/{id}/members")
    Members members(
            Principal principal,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestHeader(name = ProjectionProgress.HEADER, required = false) @Nullable String waitFor) {
        ConversationId conversation = Parameters.conversation("id", id);
        int size = Parameters.limit(limit);
        UUID after = cursor == null ? FIRST : Cursor.key(LIST, cursor, UUID::fromString);
        progress.await(waitFor, QuerySideConfiguration.INBOX);

        AccountId caller = Parameters.caller(principal);
        memberships.current(caller, conversation);
        List<MemberView> found = jdbc.sql(SELECT)
                .params(caller.value(), conversation.value(), after, size + 1)
                .query((row, n) -> new MemberView(
                        new AccountId(row.getObject(1, UUID.class)),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4).toLowerCase(Locale.ROOT),
                        row.getObject(5, Long.class),
                        row.getObject(6, Long.class)))
                .list();
        List<MemberView> shown = found.subList(0, Math.min(size, found.size()));
        return new Members(
                shown,
                found.size() > size ? Cursor.of(LIST, shown.getLast().account().toString()) : null);
    }
}
