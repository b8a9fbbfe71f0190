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
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// How far the members of a conversation are, for its members, in the order of their accounts: what their devices said
/// and what they sent. Whose last mark is not for others, because the conversation is too large, is not here, nor is
/// what it shared before that; the caller is always.
@RestController
class ReceiptsController {

    private static final String LIST = "receipts";
    private static final UUID FIRST = new UUID(0, 0);

    private final JdbcClient jdbc;
    private final Memberships memberships;
    private final ProjectionProgress progress;

    ReceiptsController(JdbcClient jdbc, Memberships memberships, ProjectionProgress progress, QuerySideSchema schema) {
        this.jdbc = jdbc;
        this.memberships = memberships;
        this.progress = progress;
    }

    /// @param next absent on the last page
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Receipts(List<Receipt> receipts, @Nullable String next) {}

    /// @param username absent while the account is not projected yet
    /// @param delivered the `seq` up to which one of its devices has everything
    /// @param read the `seq` up to which it has read; absent for none
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Receipt(
            AccountId account,
            @Nullable String username,
            long delivered,
            @Nullable Long read) {}

    @GetMapping("/api/v1/conversations/{id}/receipts")
    Receipts receipts(
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
        List<Receipt> found = read(conversation, caller, after, size + 1);
        List<Receipt> shown = found.subList(0, Math.min(size, found.size()));
        String next =
                found.size() > size ? Cursor.of(LIST, shown.getLast().account().toString()) : null;
        return new Receipts(shown, next);
    }

    /// Who has read something has it, too.
    private List<Receipt> read(ConversationId conversation, AccountId caller, UUID after, int limit) {
        return jdbc.sql("""
                select k.account, a.username, greatest(k.delivered_seq, k.read_seq), k.read_seq
                from query_side.mark k
                    join query_side.member m on m.conversation = k.conversation and m.account = k.account
                        and m.to_position is null
                    left join query_side.account a on a.id = k.account
                where k.conversation = ? and k.account > ? and coalesce(k.delivered_seq, k.read_seq) is not null
                    and (coalesce(k.shared, true) or k.account = ?)
                order by k.account limit ?""")
                .params(conversation.value(), after, caller.value(), limit)
                .query((row, n) -> new Receipt(
                        new AccountId(row.getObject(1, UUID.class)),
                        row.getString(2),
                        row.getLong(3),
                        row.getObject(4, Long.class)))
                .list();
    }
}
