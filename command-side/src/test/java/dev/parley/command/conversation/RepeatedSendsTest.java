package dev.parley.command.conversation;

import static dev.parley.command.conversation.Ids.ALICE;
import static dev.parley.command.conversation.Ids.BOB;
import static dev.parley.command.conversation.Ids.NOW;
import static dev.parley.command.conversation.Ids.TEA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.command.conversation.IdModel.Attempt;
import dev.parley.command.conversation.IdModel.Verdict;
import dev.parley.command.dispatch.Refusal;
import dev.parley.messages.MessageId;
import dev.parley.messages.Rejection;
import dev.parley.messages.conversation.Accepted;
import dev.parley.messages.conversation.ConversationCommand.EditMessage;
import dev.parley.messages.conversation.ConversationCommand.SendMessage;
import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.messages.conversation.ConversationEvent.ConversationStarted;
import dev.parley.messages.conversation.ConversationKind;
import dev.parley.messages.conversation.Member;
import dev.parley.messages.conversation.MemberRole;
import dev.parley.messages.serialization.ParleySerializer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// The rule of message ids held against [IdModel], which remembers everything for ever: whatever is sent or edited
/// again, in whatever order, by whatever clock, before or after a snapshot, the answer is the one that the model gives.
/// `-Dseed=` replays a run.
class RepeatedSendsTest {

    private static final int ATTEMPTS = 8_000;

    private final ParleySerializer serializer = ParleySerializer.create();
    private final IdModel model = new IdModel();
    private final List<Attempt> made = new ArrayList<>();
    private final Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
    private ConversationState state = started();
    private Instant now = NOW;
    private long seq;
    private int unchanged;

    @Test
    void everyAnswerIsTheModels() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < ATTEMPTS; i++) {
            now = now.plusMillis(random.nextInt(20));
            Attempt attempt = random.nextInt(4) == 0 && !made.isEmpty() ? again(random) : fresh(random, i);
            Verdict expected = model.verdict(attempt, now);
            assertThat(answer(attempt))
                    .as("-Dseed=%d, attempt %d at %s: %s", seed, i, now, attempt)
                    .isEqualTo(expected);
            verdicts.merge(expected, 1, Integer::sum);
            made.add(attempt);
            if (random.nextInt(500) == 0) {
                state = serializer.deserialize(serializer.serialize(state, byte[].class));
            }
        }
        assertThat(verdicts.keySet()).as("the run meets everything").containsExactlyInAnyOrder(Verdict.values());
        assertThat(unchanged).as("edits that change nothing").isPositive();
        assertThat(state.recent().kept().recent()).hasSize(RecentMessages.CAPACITY);
    }

    /// What is new is taken over, by the conversation and by the model.
    private Verdict answer(Attempt attempt) {
        try {
            switch (decide(attempt)) {
                case Decision.News news -> {
                    seq++;
                    ConversationEvent event = news.event();
                    state.on(event, seq);
                    unchanged += model.changesNothing(attempt) ? 1 : 0;
                    model.accept(attempt, new Accepted(attempt.id(), TEA, seq, event.at()));
                    return Verdict.NEW;
                }
                case Decision.Repeated repeated -> {
                    assertThat(repeated.accepted()).isEqualTo(model.accepted(attempt.id()));
                    return Verdict.REPEATED;
                }
                case Decision.Unchanged _ -> throw new AssertionError("Every new id is stored");
            }
        } catch (Refusal refusal) {
            return Verdict.of(((Rejection) refusal.getDetails().orElseThrow()).code());
        }
    }

    private Decision decide(Attempt attempt) {
        return attempt.edited() == null
                ? Sending.decide(
                        state, Fixtures.LIMITS, new SendMessage(TEA, attempt.id(), attempt.by(), attempt.body(), now))
                : Editing.decide(
                        state,
                        Fixtures.LIMITS,
                        new EditMessage(
                                TEA, attempt.id(), attempt.edited(), attempt.by(), attempt.body(), List.of(), now));
    }

    /// By clocks that are right, behind, ahead, or far ahead; times collide often. Some edit a message,
    /// mostly one in the window, and some of these change nothing.
    private Attempt fresh(Random random, int number) {
        long skew = switch (random.nextInt(100)) {
            case 0 -> -Duration.ofHours(2).toMillis();
            case 1 -> Duration.ofHours(random.nextInt(30)).toMillis();
            case 2, 3, 4, 5 -> -random.nextInt(20_000);
            default -> random.nextInt(50) - 25;
        };
        MessageId id = MessageId.at(now.toEpochMilli() + skew, new UUID(random.nextLong(4), random.nextLong()));
        Attempt edited = switch (random.nextInt(50)) {
            case 0 -> model.oldest();
            case 1, 2, 3, 4, 5, 6, 7, 8 -> model.message(random);
            default -> null;
        };
        if (edited == null) {
            return new Attempt(id, random.nextBoolean() ? ALICE : BOB, null, "body " + number);
        }
        String body = random.nextInt(3) == 0 ? model.textOf(edited) : "body " + number;
        return new Attempt(id, edited.by(), edited.id(), body);
    }

    /// Mostly something recent, sometimes anything ever tried; sometimes with another text or by somebody else.
    private Attempt again(Random random) {
        int back = random.nextInt(10) == 0 ? random.nextInt(made.size()) : random.nextInt(Math.min(1_500, made.size()));
        Attempt before = made.get(made.size() - 1 - back);
        String body = random.nextInt(8) == 0 ? "other " + made.size() : before.body();
        boolean samePerson = before.edited() != null || random.nextInt(16) != 0;
        return new Attempt(before.id(), samePerson ? before.by() : ALICE, before.edited(), body);
    }

    private static ConversationState started() {
        ConversationState state = new ConversationState();
        List<Member> members = List.of(new Member(ALICE, MemberRole.OWNER), new Member(BOB, MemberRole.MEMBER));
        state.on(new ConversationStarted(TEA, ConversationKind.GROUP, "Tea", ALICE, members, NOW), 0);
        return state;
    }
}
