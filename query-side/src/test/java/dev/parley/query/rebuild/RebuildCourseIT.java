package dev.parley.query.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import dev.parley.messages.AccountId;
import dev.parley.messages.account.AccountEvent.AccountRegistered;
import dev.parley.testing.Room;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.junit.jupiter.api.Test;

class RebuildCourseIT extends Rebuilt {

    @Test
    void readersMeetNoFaultWhileMessagesFlowAndGenerationsAreSwapped() throws Exception {
        Set<Integer> statuses = ConcurrentHashMap.newKeySet();
        AtomicInteger reads = new AtomicInteger();
        AtomicInteger least = new AtomicInteger(Integer.MAX_VALUE);
        AtomicBoolean on = new AtomicBoolean(true);
        ask(bob, SEARCH, "tea");
        int before = ask(bob, HISTORY + "?after=0", room.id).at("/messages").size();
        List<Thread> threads = List.of(
                whileOn(on, () -> room.say(alice, "more tea")),
                whileOn(on, () -> {
                    Answer page = askAfter(bob, null, HISTORY + "?after=0", room.id);
                    statuses.add(page.status());
                    least.accumulateAndGet(page.at("/messages").size(), Math::min);
                    reads.incrementAndGet();
                }),
                whileOn(on, () -> {
                    statuses.add(askAfter(bob, null, CONVERSATIONS).status());
                    statuses.add(askAfter(bob, null, CONVERSATION, room.id).status());
                    statuses.add(askAfter(bob, null, SEARCH, "tea").status());
                    statuses.add(
                            askAfter(alice, null, "/api/v1/audit/search?q=tea").status());
                }));
        try {
            for (String projection : List.of("history", "inbox", "said")) {
                rebuild(projection);
            }
        } finally {
            on.set(false);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(statuses).containsExactly(200);
        assertThat(least.get()).isGreaterThanOrEqualTo(before);
        assertThat(reads.get()).isPositive();
        Answer counts = ask(alice, "/api/v1/admin/conversations/{id}/counts", room.id);
        assertThat(counts.at("/indexed").asInt())
                .isEqualTo(counts.at("/events").asInt())
                .isEqualTo(counts.at("/stored").asInt());
    }

    private static Thread whileOn(AtomicBoolean on, Runnable work) {
        return Thread.ofVirtual().start(() -> {
            while (on.get()) {
                work.run();
                pause(20);
            }
        });
    }

    @Test
    void aRebuildGoesOnWhereACrashedNodeLeftIt() {
        Rebuild begun = begin("inbox");
        AtomicInteger batches = new AtomicInteger();
        IllegalStateException crash = new IllegalStateException("The node crashes");
        write(300);
        assertThatThrownBy(() -> run(
                        begun,
                        batch -> {
                            if (batches.incrementAndGet() == 2) {
                                throw crash;
                            }
                        },
                        next -> {}))
                .isSameAs(crash);
        Rebuild left = found("inbox");
        assertThat(left.state()).isEqualTo(RebuildState.FILLING);
        assertThat(left.position()).isPositive();

        table.release("inbox", work.owner());
        rebuilds.start();
        await().atMost(Duration.ofSeconds(60)).until(() -> state("inbox").equals("done"));
        assertThat(projection("inbox").at("/rebuild/generation").asInt()).isEqualTo(begun.generation());
    }

    @Test
    void aRebuildThatFactsOutrunSaysSoAndEndsWhenTheyAreFewer() {
        Rebuild begun = begin("lobby");
        AtomicInteger batches = new AtomicInteger();
        List<RebuildView> seen = new ArrayList<>();
        run(
                begun,
                batch -> {
                    if (batches.incrementAndGet() <= 3) {
                        write(700);
                    } else if (seen.isEmpty()) {
                        seen.add(RebuildView.of(found("lobby"), work.log().head()));
                    }
                },
                next -> {});
        RebuildView outrun = seen.getFirst();
        assertThat(outrun.fallingBehind()).isTrue();
        assertThat(outrun.timeLeftSeconds()).isNull();
        assertThat(outrun.rate()).isPositive();
        assertThat(found("lobby").state()).isEqualTo(RebuildState.DONE);
        assertThat(projection("lobby").at("/rebuild/fallingBehind").asBoolean()).isFalse();
    }

    @Test
    void aSwapThatHoldsTheLiveProcessorForTooLongIsUndoneAndComesAgain() {
        Rebuild begun = begin("inbox");
        AtomicInteger comparisons = new AtomicInteger();
        List<String> errors = new ArrayList<>();
        run(begun, batch -> {}, next -> {}, () -> {
            int now = comparisons.incrementAndGet();
            if (now == 2) {
                pause(2_100);
            } else if (now == 4) {
                jdbc.execute("select pg_sleep(20)");
            } else if (now == 3) {
                errors.add(found("inbox").error());
                room.say(alice, "while it is not held");
                assertThat(newest()).isEqualTo("while it is not held");
            }
        });
        assertThat(comparisons.get()).isEqualTo(6);
        assertThat(errors).containsExactly("HeldTooLongException");
        assertThat(found("inbox").state()).isEqualTo(RebuildState.DONE);
        assertThat(found("inbox").error()).isNull();
        room.say(alice, "after the swap");
        assertThat(newest()).isEqualTo("after the swap");
    }

    @Test
    void aRebuildThatIsCancelledChangesNothing() {
        ask(bob, SEARCH, "tea");
        Set<String> before = indexes("parley-messages");
        rebuilds.stop();
        assertThat(status(post(PROJECTIONS + "/history/rebuild"))).isEqualTo(202);
        assertThat(status(post(PROJECTIONS + "/history/rebuild"))).isEqualTo(400);
        assertThat(status(delete(PROJECTIONS + "/history/rebuild"))).isEqualTo(204);
        assertThat(status(delete(PROJECTIONS + "/history/rebuild"))).isEqualTo(404);
        assertThat(status(post(PROJECTIONS + "/nothing/rebuild"))).isEqualTo(404);
        rebuilds.start();
        assertThat(indexes("parley-messages")).isEqualTo(before);
        assertThat(state("history")).isEqualTo("cancelled");
    }

    @Test
    void theEvidenceAgainstTamperingIsNeverBuiltAnew() {
        Answer refused = perform(post(PROJECTIONS + "/chain/rebuild"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.at("/detail").asString()).contains("evidence");
        assertThat(projection("chain").at("/rebuildable").asBoolean()).isFalse();
    }

    /// What bob's inbox shows.
    private String newest() {
        return ask(bob, CONVERSATIONS).at("/conversations/0/lastMessage/body").asString();
    }

    /// Facts that are not about the conversation, in one go.
    private void write(int facts) {
        List<DomainEventMessage<?>> messages = new ArrayList<>();
        for (int i = 0; i < facts; i++) {
            AccountId account = new AccountId(UUID.randomUUID());
            messages.add(new GenericDomainEventMessage<>(
                    "Account",
                    account.toString(),
                    0,
                    new AccountRegistered(account, "u-" + account, "Somebody", null, Room.now())));
        }
        store.publish(messages);
    }

    private static void pause(long millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }
}
