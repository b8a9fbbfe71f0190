package dev.parley.command.session;

import dev.parley.messages.AccountId;
import dev.parley.messages.SessionId;
import dev.parley.messages.session.SessionEnd;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Rows of `command_side.session` at their end: marked, so that the token is dead, until the end is stored as a fact.
/// A row that is marked keeps its first reason; marking it again says what that was.
@Component
@DependsOn("commandSideSchema")
class EndingStore {

    private static final RowMapper<Ending> ENDING = (row, number) -> {
        UUID by = row.getObject("ended_by", UUID.class);
        return new Ending(
                new SessionId(row.getObject("id", UUID.class)),
                SessionEnd.valueOf(row.getString("ending")),
                by == null ? null : new AccountId(by),
                row.getTimestamp("ended_at").toInstant());
    };

    private final JdbcClient jdbc;

    /// A session whose token is dead.
    ///
    /// @param by null where nobody ended it, but time
    record Ending(
            SessionId session, SessionEnd reason, @Nullable AccountId by, Instant at) {}

    EndingStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @return null where the account has no session with such a token
    @Nullable
    Ending logOut(String tokenHash, AccountId account, Instant now) {
        return mark(SessionEnd.LOGGED_OUT, account, now, "token_hash = ? and account = ?", tokenHash, account.value())
                .stream()
                .findFirst()
                .orElse(null);
    }

    /// @return null where the account has no such session
    @Nullable
    Ending revoke(SessionId session, AccountId of, AccountId by, Instant now) {
        return mark(SessionEnd.REVOKED, by, now, "id = ? and account = ?", session.value(), of.value()).stream()
                .findFirst()
                .orElse(null);
    }

    /// Some of those of the account that were opened by now.
    List<Ending> revokeSome(AccountId of, AccountId by, Instant now, int limit) {
        return mark(
                SessionEnd.REVOKED,
                by,
                now,
                "id = any(array(select id from command_side.session where account = ? and opened_at <= ? limit ?))",
                of.value(),
                Timestamp.from(now),
                limit);
    }

    /// For one whose opening has an unknown outcome: its token was given to nobody.
    void discard(SessionId session, Instant now) {
        var _ = mark(SessionEnd.EXPIRED, null, now, "id = ?", session.value());
    }

    /// Some of those that were last used before the given time.
    List<Ending> expireSome(Instant unusedSince, Instant now, int limit) {
        return mark(
                SessionEnd.EXPIRED,
                null,
                now,
                "id = any(array(select id from command_side.session where last_used_at < ? and ending is null"
                        + " order by last_used_at limit ? for update skip locked))",
                Timestamp.from(unusedSince),
                limit);
    }

    /// Some of those that are marked and that nobody has tried to finish since. They are the caller's until the time it
    /// gives has passed again.
    List<Ending> claimSome(Instant triedBefore, Instant now, int limit) {
        return mark(
                SessionEnd.EXPIRED,
                null,
                now,
                "id = any(array(select id from command_side.session where ending is not null and tried_at < ?"
                        + " order by tried_at limit ? for update skip locked))",
                Timestamp.from(triedBefore),
                limit);
    }

    void delete(SessionId session) {
        jdbc.sql("delete from command_side.session where id = ?")
                .param(session.value())
                .update();
    }

    private List<Ending> mark(SessionEnd reason, @Nullable AccountId by, Instant now, String which, Object... params) {
        return jdbc.sql("""
                update command_side.session set
                    ending = coalesce(ending, ?),
                    ended_by = case when ending is null then ?::uuid else ended_by end,
                    ended_at = coalesce(ended_at, ?),
                    tried_at = ?
                where\s""" + which + " returning id, ending, ended_by, ended_at")
                .param(reason.name())
                .param(by == null ? null : by.value())
                .param(Timestamp.from(now))
                .param(Timestamp.from(now))
                .params(params)
                .query(ENDING)
                .list();
    }
}
