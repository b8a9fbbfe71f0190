package dev.parley.query.inbox;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.Fact;
import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.messages.conversation.ConversationEvent.ConversationStarted;
import dev.parley.messages.conversation.ConversationEvent.MemberAdded;
import dev.parley.messages.conversation.ConversationEvent.MemberRemoved;
import dev.parley.messages.conversation.ConversationEvent.MemberRoleChanged;
import dev.parley.messages.conversation.ConversationEvent.MessageDeleted;
import dev.parley.messages.conversation.ConversationEvent.MessageEdited;
import dev.parley.messages.conversation.ConversationEvent.MessageImported;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.messages.conversation.Member;
import dev.parley.messages.member.MemberEvent;
import dev.parley.query.batch.Recorded;
import dev.parley.query.rebuild.ExpectedSums;
import dev.parley.query.rebuild.Rebuildable.Expectation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/// What the log lets expect of conversations and of those who are in them, folded fact by fact without
/// the code that makes rows, in tables of the generation. Memory holds what one batch is about. Used by
/// one thread.
final class ExpectedMembers {

    static final List<Expectation> TABLES = List.of(
            new Expectation(
                    "expected_conversation",
                    "(conversation uuid primary key, newest bigint not null, sent bigint not null, running boolean not null)"),
            new Expectation("expected_member", ExpectedMember.COLUMNS),
            new Expectation("expected_mention", ExpectedMentions.COLUMNS));

    private static final int ROWS_A_STATEMENT = 500;

    private final JdbcTemplate jdbc;
    private final ExpectedSums sums;
    private final ExpectedMentions mentions;
    private final Map<ConversationId, Progress> conversations = new HashMap<>();
    private final Map<Mark.Member, ExpectedMember> members = new HashMap<>();

    /// @param newest place
    /// @param sent messages
    /// @param running whether the newest fact is one of them
    private record Progress(long newest, long sent, boolean running) {}

    ExpectedMembers(JdbcTemplate jdbc, ExpectedSums sums) {
        this.jdbc = jdbc;
        this.sums = sums;
        this.mentions = new ExpectedMentions(jdbc);
    }

    void clear() {
        jdbc.update("delete from query_side.expected_conversation");
        jdbc.update("delete from query_side.expected_member");
        mentions.clear();
    }

    /// Takes in a batch, in the caller's transaction. Facts of conversations that were not started
    /// since the last clear let expect nothing.
    void write(List<Recorded<Fact>> facts) {
        mentions.restart();
        conversations.clear();
        members.clear();
        find(facts);
        for (Recorded<Fact> recorded : facts) {
            switch (recorded.fact()) {
                case ConversationEvent event -> on(event, recorded.seq(), recorded.position());
                case MemberEvent event -> on(event);
                default -> {}
            }
        }
        jdbc.batchUpdate(
                "insert into query_side.expected_conversation (conversation, newest, sent, running) values (?, ?, ?, ?)"
                        + " on conflict (conversation) do update set newest = excluded.newest, sent = excluded.sent,"
                        + " running = excluded.running",
                conversations.entrySet(),
                ROWS_A_STATEMENT,
                (statement, row) -> {
                    statement.setObject(1, row.getKey().value());
                    statement.setLong(2, row.getValue().newest());
                    statement.setLong(3, row.getValue().sent());
                    statement.setBoolean(4, row.getValue().running());
                });
        jdbc.batchUpdate(
                ExpectedMember.PUT,
                members.entrySet(),
                ROWS_A_STATEMENT,
                (statement, row) -> row.getValue().set(row.getKey(), statement));
        mentions.write();
    }

    private void on(ConversationEvent event, long seq, long position) {
        ConversationId id = event.conversation();
        boolean starts = event instanceof ConversationStarted;
        Progress before = starts ? new Progress(-1, 0, false) : conversations.get(id);
        if (before == null) {
            return;
        }
        boolean sends = event instanceof MessageSent;
        conversations.put(id, new Progress(seq, before.sent() + (sends ? 1 : 0), sends));
        sums.count(id, "facts");
        switch (event) {
            case ConversationStarted it -> it.members().forEach(member -> joins(id, member, seq, position));
            case MemberAdded it -> joins(id, new Member(it.account(), it.role()), seq, position);
            case MemberRemoved it -> {
                if (member(id, it.account()).isMember()) {
                    sums.add(id, "left", it.account() + " " + position);
                }
                member(id, it.account()).leaves(seq);
            }
            case MemberRoleChanged it -> member(id, it.account()).becomes(it.role());
            case MessageSent it -> {
                sums.count(id, "sent");
                if (!before.running()) {
                    sums.add(id, "runs", seq + " " + before.sent());
                }
                mentions.call(id, seq, it.mentions());
                member(id, it.sender()).says(seq);
            }
            case MessageImported it -> sums.count(id, "imported");
            case MessageEdited it -> mentions.keep(id, it.messageSeq(), it.mentions());
            case MessageDeleted it -> mentions.keep(id, it.messageSeq(), List.of());
            default -> {}
        }
    }

    private void joins(ConversationId conversation, Member member, long seq, long position) {
        sums.add(conversation, "joined", member.account() + " " + position);
        member(conversation, member.account()).joins(member.role(), seq);
    }

    private void on(MemberEvent event) {
        Progress conversation = conversations.get(event.conversation());
        if (conversation != null) {
            sums.touch(event.conversation());
            member(event.conversation(), event.account()).apply(event, conversation.newest());
        }
    }

    private ExpectedMember member(ConversationId conversation, AccountId account) {
        return members.computeIfAbsent(new Mark.Member(conversation, account), unused -> new ExpectedMember());
    }

    /// What the facts are about, as it was before them.
    private void find(List<Recorded<Fact>> facts) {
        Set<UUID> ids = new HashSet<>();
        Set<Mark.Member> keys = new HashSet<>();
        for (Recorded<Fact> recorded : facts) {
            switch (recorded.fact()) {
                case ConversationEvent event -> {
                    ids.add(event.conversation().value());
                    account(event).forEach(account -> keys.add(new Mark.Member(event.conversation(), account)));
                }
                case MemberEvent event -> {
                    ids.add(event.conversation().value());
                    keys.add(new Mark.Member(event.conversation(), event.account()));
                }
                default -> {}
            }
        }
        jdbc.query(
                "select conversation, newest, sent, running from query_side.expected_conversation where conversation = any (?)",
                row -> {
                    conversations.put(
                            new ConversationId(row.getObject(1, UUID.class)),
                            new Progress(row.getLong(2), row.getLong(3), row.getBoolean(4)));
                },
                (Object) ids.toArray(UUID[]::new));
        jdbc.query(
                "select e.* from query_side.expected_member e join unnest(?::uuid[], ?::uuid[]) as k (conversation, account)"
                        + " using (conversation, account)",
                row -> {
                    members.put(
                            new Mark.Member(
                                    new ConversationId(row.getObject("conversation", UUID.class)),
                                    new AccountId(row.getObject("account", UUID.class))),
                            ExpectedMember.read(row));
                },
                keys.stream().map(key -> key.conversation().value()).toArray(UUID[]::new),
                keys.stream().map(key -> key.account().value()).toArray(UUID[]::new));
    }

    private static List<AccountId> account(ConversationEvent event) {
        return switch (event) {
            case ConversationStarted it -> List.of();
            case MemberAdded it -> List.of(it.account());
            case MemberRemoved it -> List.of(it.account());
            case MemberRoleChanged it -> List.of(it.account());
            case MessageSent it -> List.of(it.sender());
            default -> List.of();
        };
    }
}
