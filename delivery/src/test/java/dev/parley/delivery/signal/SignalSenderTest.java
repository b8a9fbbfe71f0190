package dev.parley.delivery.signal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.delivery.DeliveryProperties.Signals;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class SignalSenderTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<Runnable> tasks = new ArrayList<>();
    private final SignalSender sender = new SignalSender(
            new SignalNotifier(JdbcClient.create(new DriverManagerDataSource("jdbc:nowhere"))),
            NodeId.random(),
            tasks::add,
            new Signals(Duration.ofMillis(1), 3),
            meters);

    private double dropped() {
        return meters.counter("parley.delivery.signals.dropped").count();
    }

    @Test
    void oneTaskTellsAllAndTheQueueIsBounded() {
        for (int i = 0; i < 10; i++) {
            sender.send(
                    new Signal.Typing(new ConversationId(UUID.randomUUID()), new AccountId(UUID.randomUUID()), true));
        }
        assertThat(tasks).hasSize(1);
        assertThat(dropped()).isEqualTo(7);
    }

    @Test
    void ofOneMemberTheLastCounts() {
        ConversationId conversation = new ConversationId(UUID.randomUUID());
        AccountId account = new AccountId(UUID.randomUUID());
        for (int i = 0; i < 10; i++) {
            sender.send(new Signal.Typing(conversation, account, i % 2 == 0));
        }
        assertThat(dropped()).isZero();
    }

    @Test
    void whatCannotBeToldIsDroppedAndTheNextIsTried() {
        for (int round = 1; round <= 2; round++) {
            sender.send(
                    new Signal.Typing(new ConversationId(UUID.randomUUID()), new AccountId(UUID.randomUUID()), true));
            assertThat(tasks).hasSize(1);
            tasks.removeFirst().run();
            assertThat(dropped()).isEqualTo(round);
        }
    }
}
