package dev.parley.command.conversation;

import static dev.parley.command.conversation.Ids.ALICE;
import static dev.parley.command.conversation.Ids.BOB;
import static dev.parley.command.conversation.Ids.NOW;
import static dev.parley.command.conversation.Ids.TEA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.command.dispatch.Refusal;
import dev.parley.messages.MessageId;
import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.conversation.Accepted;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// The rule of message ids held against a model that remembers every message for ever: whatever is sent again, in
/// whatever order and by whatever clock, no id is stored twice. `-Dseed=` replays a run.
class RepeatedSendsTest {

    private static final int SENDS = 12_000;

    private final ParleySerializer serializer = ParleySerializer.create();
    private final Map<MessageId, Stored> model = new HashMap<>();
    private final List<SendMessage> sent = new ArrayList<>();
    private ConversationState state = started();
    private Instant now = NOW;
    private long seq;
    private int repeats;
    private int expired;

    private record Stored(SendMessage command, Accepted accepted) {}

    @Test
    void noIdIsEverStoredTwice() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("RepeatedSendsTest -Dseed=" + seed);
        Random random = new Random(seed);
        for (int i = 0; i < SENDS; i++) {
            now = now.plusMillis(random.nextInt(20));
            send(random.nextInt(4) == 0 && !sent.isEmpty() ? again(random) : fresh(random));
            if (random.nextInt(2_000) == 0) {
                state = serializer.deserialize(serializer.serialize(state, byte[].class));
            }
        }
        assertThat(repeats).as("the run repeats sends").isPositive();
        assertThat(expired).as("the run meets expired ids").isPositive();
        assertThat(state.recent().kept().recent()).hasSize(RecentMessages.CAPACITY);
    }

    private void send(SendMessage command) {
        Stored before = model.get(command.message());
        try {
            switch (Sending.decide(state, Fixtures.LIMITS, command)) {
                case Decision.News news -> {
                    assertThat(before)
                            .as("stored a second time: %s", command.message())
                            .isNull();
                    store(command, news.event());
                }
                case Decision.Repeated repeated -> {
                    assertThat(before).isNotNull();
                    assertThat(repeated.accepted()).isEqualTo(before.accepted());
                    assertThat(command.body()).isEqualTo(before.command().body());
                    assertThat(command.sender()).isEqualTo(before.command().sender());
                    repeats++;
                }
                case Decision.Unchanged _ -> throw new AssertionError("A message is new or repeated");
            }
        } catch (Refusal refusal) {
            check(((Rejection) refusal.getDetails().orElseThrow()).code(), command, before);
        }
        sent.add(command);
    }

    private void store(SendMessage command, ConversationEvent sent) {
        seq++;
        state.on(sent, seq);
        model.put(command.message(), new Stored(command, new Accepted(command.message(), TEA, seq, command.at())));
    }

    private void check(RejectionCode code, SendMessage command, Stored before) {
        switch (code) {
            case MESSAGE_ID_REUSED -> {
                assertThat(before).isNotNull();
                boolean same = before.command().body().equals(command.body())
                        && before.command().sender().equals(command.sender());
                assertThat(same).isFalse();
            }
            case MESSAGE_ID_EXPIRED -> {
                // Not too early: as many messages with later ids were stored as the window holds.
                long later = model.keySet().stream()
                        .filter(id -> id.unixMillis() >= command.message().unixMillis())
                        .count();
                assertThat(later).isGreaterThanOrEqualTo(RecentMessages.CAPACITY);
                expired++;
            }
            case INVALID ->
                assertThat(command.message().unixMillis())
                        .isGreaterThan(command.at().plus(IdRule.CLOCK_SKEW).toEpochMilli());
            default -> throw new AssertionError("Unexpected: " + code);
        }
    }

    /// By clocks that are right, behind, ahead, or far ahead; times collide often.
    private SendMessage fresh(Random random) {
        long skew = switch (random.nextInt(100)) {
            case 0 -> -Duration.ofHours(2).toMillis();
            case 1 -> Duration.ofHours(random.nextInt(30)).toMillis();
            case 2, 3, 4, 5 -> -random.nextInt(20_000);
            default -> random.nextInt(50) - 25;
        };
        MessageId id = MessageId.at(now.toEpochMilli() + skew, new UUID(random.nextLong(4), random.nextLong()));
        return new SendMessage(TEA, id, random.nextBoolean() ? ALICE : BOB, "body " + random.nextInt(1_000), now);
    }

    /// Mostly something recent, sometimes anything ever sent; sometimes with other content.
    private SendMessage again(Random random) {
        int back = random.nextInt(10) == 0 ? random.nextInt(sent.size()) : random.nextInt(Math.min(1_500, sent.size()));
        SendMessage before = sent.get(sent.size() - 1 - back);
        String body = random.nextInt(8) == 0 ? "other" : before.body();
        return new SendMessage(TEA, before.message(), random.nextInt(16) == 0 ? ALICE : before.sender(), body, now);
    }

    private static ConversationState started() {
        ConversationState state = new ConversationState();
        List<Member> members = List.of(new Member(ALICE, MemberRole.OWNER), new Member(BOB, MemberRole.MEMBER));
        state.on(new ConversationStarted(TEA, ConversationKind.GROUP, "Tea", ALICE, members, NOW), 0);
        return state;
    }
}
