package dev.parley.query.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.RejectedException;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.conversation.ConversationKind;
import dev.parley.messages.member.MemberEvent;
import dev.parley.messages.member.MemberEvent.ConversationMuted;
import dev.parley.messages.member.MemberEvent.ConversationUnmuted;
import dev.parley.messages.member.MemberEvent.MessagesDelivered;
import dev.parley.messages.member.MemberEvent.MessagesRead;
import dev.parley.messages.member.MemberId;
import dev.parley.query.QuerySideProperties;
import dev.parley.query.stored.StoredFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.axonframework.eventhandling.DomainEventMessage;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Conversations as they were, folded from their streams in the event store and from nothing else: a page asks for all
/// facts of the conversation up to the moment, and for those of the members it shows.
@Component
class Conversations {

    private final StoredFacts facts;
    private final Duration time;

    Conversations(StoredFacts facts, QuerySideProperties properties) {
        this.facts = facts;
        this.time = properties.auditFold();
    }

    /// @param after the `seq` after which messages are shown
    /// @param messages at most
    /// @param memberAfter the account after which members are shown, in the order of ids; "" for the first
    /// @param members at most
    record Part(long after, int messages, String memberAfter, int members) {}

    /// @param position the place in the log it is of
    /// @param seq of its last fact up to there
    /// @param nextMember the account to go on after, absent on the last page of members
    /// @param messageCount how many were said up to then, deleted ones among them
    /// @param next the `seq` to go on after, absent on the last page of messages
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AsOf(
            ConversationId id,
            long position,
            long seq,
            String kind,
            @Nullable String title,
            @Nullable String topic,
            String history,
            ConversationFold.@Nullable Seats seats,
            int memberCount,
            List<MemberAsOf> members,
            @Nullable String nextMember,
            long messageCount,
            List<MessageFold.View> messages,
            @Nullable Long next) {}

    /// @param since the `seq` of the fact that made it a member
    /// @param delivered the `seq` up to which its devices said they have everything, absent where they did not say
    /// @param read likewise what was read
    /// @param shared whether the others were told what was read
    /// @param mutedUntil absent for one that is not muted, or for ever
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record MemberAsOf(
            String account,
            String role,
            long since,
            @Nullable Long delivered,
            @Nullable Long read,
            @Nullable Boolean shared,
            @Nullable Boolean muted,
            @Nullable Instant mutedUntil) {}

    /// @throws RejectedException `not-found` if there was no such conversation then, `unavailable` if it takes too long
    AsOf asOf(ConversationId id, Moment moment, Part part) {
        long deadline = System.nanoTime() + time.toNanos();
        ConversationFold fold = new ConversationFold(part.after(), part.messages());
        visit(id.toString(), moment, deadline, fold::take);
        ConversationKind kind = fold.kind();
        if (kind == null) {
            throw new RejectedException(RejectionCode.NOT_FOUND, "There was no such conversation then");
        }
        List<MemberAsOf> members = new ArrayList<>();
        for (Map.Entry<String, ConversationFold.Joined> member :
                fold.members().tailMap(part.memberAfter(), false).entrySet()) {
            if (members.size() == part.members()) {
                break;
            }
            members.add(member(id, member.getKey(), member.getValue(), moment, deadline));
        }
        boolean all = members.isEmpty()
                || members.getLast().account().equals(fold.members().lastKey());
        return new AsOf(
                id,
                moment.position(),
                fold.seq(),
                text(kind),
                fold.title(),
                fold.topic(),
                text(fold.history()),
                fold.seats(),
                fold.members().size(),
                members,
                all ? null : members.getLast().account(),
                fold.messages(),
                fold.page().stream().map(MessageFold::view).toList(),
                fold.next());
    }

    private static String text(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private MemberAsOf member(
            ConversationId id, String account, ConversationFold.Joined joined, Moment moment, long deadline) {
        Marks marks = new Marks();
        visit(new MemberId(id, AccountId.of(account)).toString(), moment, deadline, marks::take);
        return new MemberAsOf(
                account,
                text(joined.role()),
                joined.since(),
                marks.delivered,
                marks.read,
                marks.shared,
                marks.muted,
                marks.mutedUntil);
    }

    private void visit(String stream, Moment moment, long deadline, Consumer<DomainEventMessage<?>> taker) {
        facts.visit(stream, 0, fact -> {
            if (System.nanoTime() > deadline) {
                throw new RejectedException(RejectionCode.UNAVAILABLE, "The conversation takes too long to read");
            }
            boolean held = moment.holds(fact);
            if (held) {
                taker.accept(fact);
            }
            return held;
        });
    }

    /// What a member said for itself. Marks only go forward.
    private static final class Marks {

        private @Nullable Long delivered;
        private @Nullable Long read;
        private @Nullable Boolean shared;
        private @Nullable Boolean muted;
        private @Nullable Instant mutedUntil;

        void take(DomainEventMessage<?> fact) {
            if (fact.getPayload() instanceof MemberEvent event) {
                apply(event);
            }
        }

        private void apply(MemberEvent event) {
            switch (event) {
                case MessagesDelivered mark -> delivered = later(delivered, mark.seq());
                case MessagesRead mark -> {
                    read = later(read, mark.seq());
                    shared = mark.shared();
                }
                case ConversationMuted mute -> {
                    muted = true;
                    mutedUntil = mute.until();
                }
                case ConversationUnmuted unmute -> {
                    muted = null;
                    mutedUntil = null;
                }
            }
        }

        private static long later(@Nullable Long known, long said) {
            return known == null ? said : Math.max(known, said);
        }
    }
}
