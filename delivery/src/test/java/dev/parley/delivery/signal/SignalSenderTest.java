package dev.parley.delivery.signal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.delivery.DeliveryProperties.Signals;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.AbstractDataSource;

class SignalSenderTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<Runnable> tasks = new ArrayList<>();
    private final List<String> payloads = new ArrayList<>();
    /// Null for one that is away.
    private @Nullable Connection connection;
    private final DataSource database = new AbstractDataSource() {
        @Override
        public Connection getConnection() throws SQLException {
            if (connection == null) {
                throw new SQLException("away");
            }
            return connection;
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return getConnection();
        }
    };
    private final SignalSender sender = new SignalSender(
            new SignalNotifier(JdbcClient.create(database)),
            NodeId.random(),
            tasks::add,
            new Signals(Duration.ofMillis(1), 3),
            meters);

    /// JDBC that answers nothing, and keeps what is said to it.
    private <T> T writtenDown(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, given) -> {
            for (Object each : given == null ? new Object[0] : given) {
                if (each instanceof String[] texts) {
                    payloads.addAll(List.of(texts));
                }
            }
            Class<?> answer = method.getReturnType();
            if (answer == boolean.class) {
                return false;
            }
            return answer == int.class ? (Object) 0 : answer.isInterface() ? writtenDown(answer) : null;
        }));
    }

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
        connection = writtenDown(Connection.class);
        tasks.removeFirst().run();
        assertThat(dropped()).isZero();
        assertThat(payloads).hasSize(1);
        assertThat(new SignalCodec().decode(payloads.getFirst()).signals())
                .containsExactly(new Signal.Typing(conversation, account, false));
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
