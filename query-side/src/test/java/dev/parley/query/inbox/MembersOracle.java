package dev.parley.query.inbox;

import dev.parley.messages.AccountId;
import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.messages.conversation.ConversationEvent.ConversationStarted;
import dev.parley.messages.conversation.ConversationEvent.HistoryVisibilityChanged;
import dev.parley.messages.conversation.ConversationEvent.MemberAdded;
import dev.parley.messages.conversation.ConversationEvent.MemberRemoved;
import dev.parley.messages.conversation.ConversationEvent.MemberRoleChanged;
import dev.parley.messages.conversation.ConversationEvent.MessageDeleted;
import dev.parley.messages.conversation.ConversationEvent.MessageEdited;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.messages.conversation.HistoryVisibility;
import dev.parley.messages.conversation.MemberRole;
import dev.parley.messages.member.MemberEvent;
import dev.parley.messages.member.MemberEvent.ConversationMuted;
import dev.parley.messages.member.MemberEvent.ConversationUnmuted;
import dev.parley.messages.member.MemberEvent.MessagesDelivered;
import dev.parley.messages.member.MemberEvent.MessagesRead;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The members of one conversation, told the plain way: since when, what they have not read, what they
/// said for themselves, and which messages call them. Facts that are not about members are left out
/// here: [InboxOracle] decides about each.
final class MembersOracle {

    private final String conversation;
    private final Map<AccountId, Stay> members = new HashMap<>();
    private final Set<String> former = new TreeSet<>();
    private final Map<AccountId, Mark> marks = new HashMap<>();
    private final Set<Call> calls = new TreeSet<>();
    private final List<Long> sent = new ArrayList<>();
    private HistoryVisibility history = HistoryVisibility.SINCE_JOINING;
    private long newest;

    private record Stay(MemberRole role, long from, long read) {}

    private record Call(long seq, String account) implements Comparable<Call> {

        @Override
        public int compareTo(Call other) {
            return toString().compareTo(other.toString());
        }
    }

    private static final class Mark {
        private @Nullable Long delivered;
        private @Nullable Long read;
        private @Nullable Boolean shared;
        private boolean muted;
        private @Nullable Long until;
    }

    MembersOracle(String conversation) {
        this.conversation = conversation;
    }

    void apply(ConversationEvent event, long position, long seq) {
        newest = seq;
        if (event instanceof ConversationStarted started) {
            started.members().forEach(member -> join(member.account(), member.role(), position, seq));
        } else if (event instanceof HistoryVisibilityChanged changed) {
            history = changed.visibility();
        } else if (event instanceof MemberAdded added) {
            join(added.account(), added.role(), position, seq);
        } else if (event instanceof MemberRemoved removed) {
            Stay stay = members.remove(removed.account());
            calls.removeIf(call -> call.account().equals(removed.account().toString()));
            former.add(line("had", removed.account(), stay.role(), stay.from(), position, all()));
        } else if (event instanceof MemberRoleChanged changed) {
            members.computeIfPresent(
                    changed.account(), (account, stay) -> new Stay(changed.role(), stay.from(), stay.read()));
        } else if (event instanceof MessageSent message) {
            sent.add(seq);
            message.mentions().forEach(account -> calls.add(new Call(seq, account.toString())));
            read(message.sender(), seq);
        } else if (event instanceof MessageEdited edited) {
            Set<String> still = new TreeSet<>();
            edited.mentions().forEach(account -> still.add(account.toString()));
            calls.removeIf(call -> call.seq() == edited.messageSeq() && !still.contains(call.account()));
        } else if (event instanceof MessageDeleted deleted) {
            calls.removeIf(call -> call.seq() == deleted.messageSeq());
        }
    }

    private boolean all() {
        return history == HistoryVisibility.ALL;
    }

    private void join(AccountId account, MemberRole role, long position, long seq) {
        members.put(account, new Stay(role, position, seq));
        calls.removeIf(call -> call.account().equals(account.toString()));
    }

    void apply(MemberEvent event) {
        Mark mark = marks.computeIfAbsent(event.account(), account -> new Mark());
        switch (event) {
            case MessagesDelivered delivered ->
                mark.delivered = furthest(mark.delivered, Math.min(delivered.seq(), newest));
            case MessagesRead read -> {
                mark.shared = read.shared();
                read(read.account(), Math.min(read.seq(), newest));
            }
            case ConversationMuted muted -> {
                mark.muted = true;
                mark.until = muted.until() == null ? null : muted.until().getEpochSecond();
            }
            case ConversationUnmuted unmuted -> {
                mark.muted = false;
                mark.until = null;
            }
        }
    }

    private void read(AccountId account, long upTo) {
        Mark mark = marks.computeIfAbsent(account, unused -> new Mark());
        mark.read = furthest(mark.read, upTo);
        members.computeIfPresent(
                account, (unused, stay) -> new Stay(stay.role(), stay.from(), Math.max(stay.read(), upTo)));
        calls.removeIf(call -> call.account().equals(account.toString()) && call.seq() <= upTo);
    }

    private static Long furthest(@Nullable Long before, long now) {
        return before == null ? now : Math.max(before, now);
    }

    /// Whose badge counts the conversation: members who have not read all of it, and, where they muted it,
    /// those whom an unread message calls.
    Set<AccountId> badges() {
        Set<AccountId> badges = new HashSet<>();
        members.forEach((account, stay) -> {
            Mark mark = marks.get(account);
            boolean muted = mark != null
                    && mark.muted
                    && (mark.until == null || mark.until > Instant.now().getEpochSecond());
            boolean called = calls.stream()
                    .anyMatch(call -> call.account().equals(account.toString()) && call.seq() > stay.read());
            if (sent.stream().anyMatch(seq -> seq > stay.read()) && (!muted || called)) {
                badges.add(account);
            }
        });
        return badges;
    }

    /// One line for each stay, mark and call that is not read.
    Set<String> state() {
        Set<String> state = new TreeSet<>(former);
        members.forEach((account, stay) -> {
            long unread = sent.stream().filter(seq -> seq > stay.read()).count();
            state.add(line("has", account, stay.role(), stay.from(), unread));
        });
        marks.forEach((account, mark) ->
                state.add(line("mark", account, mark.delivered, mark.read, mark.shared, mark.muted, mark.until)));
        calls.forEach(call -> state.add(line("calls", call.account(), call.seq())));
        return state;
    }

    private String line(String what, @Nullable Object... columns) {
        return InboxOracle.line(conversation + " " + what, columns);
    }
}
