package dev.parley.command.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.command.RealParts;
import dev.parley.command.dispatch.Commands;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.member.MemberCommand.MarkDelivered;
import dev.parley.messages.member.MemberEvent;
import dev.parley.messages.member.MemberId;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/// A command is answered however long snapshots take.
class SlowSnapshotIT {

    private static final int SNAPSHOT_EVERY = 10;
    private static final ConversationId TEA = new ConversationId(UUID.randomUUID());
    private static final MemberId ALICE = new MemberId(TEA, new AccountId(UUID.randomUUID()));
    private static final MemberId BOB = new MemberId(TEA, new AccountId(UUID.randomUUID()));

    @Test
    void noCommandWaitsForASnapshot() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        try (ConfigurableApplicationContext commandSide =
                RealParts.startCommandSide("parley.command-side.member-snapshot-every=" + SNAPSHOT_EVERY)) {
            Commands commands = RealParts.commandsOnlyOn(commandSide);
            Executor snapshots = commandSide.getBean(SnapshotThread.class).executor();
            snapshots.execute(() -> {
                stuck.countDown();
                awaitQuietly(released);
            });
            stuck.await();
            receiveOn(commands, ALICE, 0);
            for (int waiting = 1; waiting < SnapshotThread.WAITING; waiting++) {
                snapshots.execute(() -> {});
            }
            receiveOn(commands, BOB, 0);
            assertThat(skipped(commandSide)).as("no room for Bob's").isEqualTo(1);
            EventStore store = commandSide.getBean(EventStore.class);
            assertThat(hasSnapshot(store, ALICE)).as("it waits").isFalse();

            released.countDown();
            await().until(() -> hasSnapshot(store, ALICE));
            receiveOn(commands, BOB, SNAPSHOT_EVERY);
            await("the next time").until(() -> hasSnapshot(store, BOB));
            assertThat(skipped(commandSide)).isEqualTo(1);
        }
    }

    private static void receiveOn(Commands commands, MemberId member, int from) {
        for (int seq = from; seq < from + SNAPSHOT_EVERY; seq++) {
            commands.send(new MarkDelivered(member, seq, Instant.now()));
        }
    }

    private static boolean hasSnapshot(EventStore store, MemberId member) {
        return !MemberEvent.class.isAssignableFrom(
                store.readEvents(member.toString()).peek().getPayloadType());
    }

    private static double skipped(ApplicationContext commandSide) {
        return commandSide
                .getBean(MeterRegistry.class)
                .get("parley.command-side.snapshots.skipped")
                .counter()
                .count();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
