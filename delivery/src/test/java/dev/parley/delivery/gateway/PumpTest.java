package dev.parley.delivery.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.delivery.DeliveryProperties;
import dev.parley.delivery.deletion.Deletions;
import dev.parley.delivery.dispatch.CommandDispatch;
import dev.parley.delivery.dispatch.CommandDispatch.Patience;
import dev.parley.delivery.log.EventEncoder;
import dev.parley.delivery.log.EventRing;
import dev.parley.delivery.membership.Memberships;
import dev.parley.delivery.receipt.ConversationSizes;
import dev.parley.delivery.receipt.MarkCommands;
import dev.parley.delivery.receipt.ReceiptMarks;
import dev.parley.messages.AccountId;
import dev.parley.tail.StoreReader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.Test;
import org.springframework.web.socket.CloseStatus;

/// A session that has to read an event store which does not answer; time passes when the test says so.
class PumpTest {

    private final ArrayDeque<Runnable> later = new ArrayDeque<>();
    private final List<Duration> waits = new ArrayList<>();
    private final List<String> written = new ArrayList<>();
    private final Outbox outbox = new Outbox(8);
    private final CatchUpSlots slots = new CatchUpSlots(1);
    private int asked;

    private final Pump pump = pump();

    private Pump pump() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        EventRing ring = new EventRing(10, 1_000);
        ring.startAfter(100);
        EventStore store = (EventStore) Proxy.newProxyInstance(
                PumpTest.class.getClassLoader(), new Class<?>[] {EventStore.class}, (proxy, method, arguments) -> {
                    asked++;
                    throw new IllegalStateException("away");
                });
        History history = new History(new EventEncoder(meters), new Deletions(new ModelMemberships(), 1, 1));
        CatchUp catchUp = new CatchUp(new StoreReader(store), history, slots, Duration.ofSeconds(1));
        GatewayNode node = new GatewayNode(
                new Fanout(ring, new CrowdLane(Runnable::run)),
                catchUp,
                Runnable::run,
                this::later,
                meters.counter("sent"));
        AccountId account = new AccountId(UUID.randomUUID());
        Pump made = new Pump(new WrittenDown(), outbox, node, () -> {});
        CommandGateway nobody = (CommandGateway) Proxy.newProxyInstance(
                PumpTest.class.getClassLoader(),
                new Class<?>[] {CommandGateway.class},
                (proxy, method, arguments) -> null);
        ReceiptMarks receipts = new ReceiptMarks(
                new MarkCommands(
                        new CommandDispatch(nobody, this::later, new Patience(Duration.ofSeconds(1), 1), meters),
                        new ConversationSizes((limit, conversations) -> Map.of(), 1),
                        Clock.systemUTC()),
                this::later,
                new DeliveryProperties.Receipts(Duration.ofSeconds(1), 1, 1, 1, 1, 1, Duration.ZERO),
                meters);
        made.start(
                new Feed(ring, new Memberships(account, List.of()), 1, 1, 8),
                receipts.of(account, conversation -> true));
        return made;
    }

    private void later(Duration delay, Runnable action) {
        waits.add(delay);
        later.add(action);
    }

    private void assertLastWait(int failures) {
        long most = 100L << failures;
        assertThat(waits).hasSize(failures);
        assertThat(waits.getLast().toMillis()).isBetween(most / 2, most);
    }

    @Test
    void wakeUpsBetweenAttemptsAreAnsweredAndDoNotAskTheStore() {
        assertThat(asked).isOne();
        for (int i = 0; i < 10; i++) {
            outbox.answer("answer " + i);
            pump.wake();
        }
        assertThat(written).hasSize(10);
        assertThat(asked).isOne();
        assertLastWait(1);
    }

    @Test
    void attemptsGetRareEvenIfThereIsNoPlaceToReadNowAndThen() {
        for (int failures = 1; failures <= 6; failures++) {
            assertThat(asked).isEqualTo(failures);
            assertLastWait(failures);
            Object other = new Object();
            assertThat(slots.enter(other, () -> {})).isTrue();
            later.remove().run();
            assertThat(asked).isEqualTo(failures);
            slots.leave();
        }
    }

    private final class WrittenDown implements Socket {

        @Override
        public void send(String frame) {
            written.add(frame);
        }

        @Override
        public void ping() {}

        @Override
        public void close(CloseStatus status) {}
    }
}
