package dev.parley.query.inbox;

import dev.parley.messages.conversation.MemberRole;
import dev.parley.messages.member.MemberEvent;
import dev.parley.messages.member.MemberEvent.ConversationMuted;
import dev.parley.messages.member.MemberEvent.ConversationUnmuted;
import dev.parley.messages.member.MemberEvent.MessagesDelivered;
import dev.parley.messages.member.MemberEvent.MessagesRead;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// What the log lets expect of one account in one conversation, told fact by fact: a row of
/// `expected_member`. Not thread-safe.
final class ExpectedMember {

    static final String COLUMNS =
            "(conversation uuid, account uuid, role text, read_to bigint not null, answered_to bigint not null,"
                    + " marked boolean not null, delivered_seq bigint, read_seq bigint, shared boolean,"
                    + " muted boolean not null, muted_until timestamptz, primary key (conversation, account))";
    static final String PUT = """
            insert into query_side.expected_member (conversation, account, role, read_to, answered_to, marked,
                delivered_seq, read_seq, shared, muted, muted_until) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (conversation, account) do update set role = excluded.role, read_to = excluded.read_to,
                answered_to = excluded.answered_to, marked = excluded.marked, delivered_seq = excluded.delivered_seq,
                read_seq = excluded.read_seq, shared = excluded.shared, muted = excluded.muted,
                muted_until = excluded.muted_until""";

    /// Null while it is no member.
    private @Nullable MemberRole role;
    /// The place up to which this membership has read everything.
    private long readTo = -1;
    /// The place up to which no mention waits for it, whether a member or not.
    private long answeredTo = -1;

    private boolean marked;
    private @Nullable Long delivered;
    private @Nullable Long read;
    private @Nullable Boolean shared;
    private boolean muted;
    private @Nullable Instant mutedUntil;

    boolean isMember() {
        return role != null;
    }

    void joins(MemberRole as, long seq) {
        role = as;
        readTo = seq;
        answeredTo = Math.max(answeredTo, seq);
    }

    void becomes(MemberRole other) {
        role = role == null ? null : other;
    }

    void leaves(long seq) {
        role = null;
        answeredTo = Math.max(answeredTo, seq);
    }

    /// Who says something has read what was there.
    void says(long seq) {
        marked = true;
        reads(seq);
    }

    /// @param newest place in the conversation then
    void apply(MemberEvent event, long newest) {
        marked = true;
        switch (event) {
            case MessagesDelivered it -> {
                long to = Math.min(it.seq(), newest);
                delivered = delivered == null ? (Long) to : (Long) Math.max(delivered, to);
            }
            case MessagesRead it -> {
                reads(Math.min(it.seq(), newest));
                shared = it.shared();
            }
            case ConversationMuted it -> {
                muted = true;
                mutedUntil = it.until();
            }
            case ConversationUnmuted it -> {
                muted = false;
                mutedUntil = null;
            }
        }
    }

    private void reads(long seq) {
        read = read == null ? (Long) seq : (Long) Math.max(read, seq);
        readTo = Math.max(readTo, seq);
        answeredTo = Math.max(answeredTo, seq);
    }

    static ExpectedMember read(ResultSet row) throws SQLException {
        ExpectedMember member = new ExpectedMember();
        String role = row.getString("role");
        member.role = role == null ? null : MemberRole.valueOf(role);
        member.readTo = row.getLong("read_to");
        member.answeredTo = row.getLong("answered_to");
        member.marked = row.getBoolean("marked");
        member.delivered = row.getObject("delivered_seq", Long.class);
        member.read = row.getObject("read_seq", Long.class);
        member.shared = row.getObject("shared", Boolean.class);
        member.muted = row.getBoolean("muted");
        OffsetDateTime until = row.getObject("muted_until", OffsetDateTime.class);
        member.mutedUntil = until == null ? null : until.toInstant();
        return member;
    }

    void set(Mark.Member key, PreparedStatement statement) throws SQLException {
        statement.setObject(1, key.conversation().value());
        statement.setObject(2, key.account().value());
        statement.setString(3, role == null ? null : role.name());
        statement.setLong(4, readTo);
        statement.setLong(5, answeredTo);
        statement.setBoolean(6, marked);
        statement.setObject(7, delivered, Types.BIGINT);
        statement.setObject(8, read, Types.BIGINT);
        statement.setObject(9, shared, Types.BOOLEAN);
        statement.setBoolean(10, muted);
        statement.setObject(
                11, mutedUntil == null ? null : mutedUntil.atOffset(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE);
    }
}
