package dev.parley.axonserver;

import io.axoniq.axonserver.connector.AxonServerConnection;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/// All contracts, at the [ServerUnderTest].
class ContractIT {

    private static ServerClients shared;
    private static AxonServerConnection connection;

    @BeforeAll
    static void connect() {
        shared = new ServerClients(ServerUnderTest.get());
        connection = shared.connect("shared");
        Awaitility.await("An Axon Server answers at " + ServerUnderTest.get().address())
                .until(connection::isConnected);
    }

    @AfterAll
    static void disconnect() {
        shared.close();
    }

    abstract static class AtServer implements Contract {

        private final ServerClients clients = new ServerClients(ServerUnderTest.get());

        @Override
        public ServerClients clients() {
            return clients;
        }

        @Override
        public String context() {
            return ServerUnderTest.get().context();
        }

        @Override
        public AxonServerConnection connection() {
            return connection;
        }

        @AfterEach
        void disconnect() {
            clients.close();
        }
    }

    @Nested
    class Platform extends AtServer implements PlatformContract {}

    @Nested
    class EventStore extends AtServer implements EventStoreContract {}

    @Nested
    class Tracking extends AtServer implements TrackingContract {}

    @Nested
    class EventQuery extends AtServer implements EventQueryContract {}

    @Nested
    class Scheduler extends AtServer implements SchedulerContract {}

    @Nested
    class Commands extends AtServer implements CommandContract {}

    @Nested
    class Queries extends AtServer implements QueryContract {}

    @Nested
    class SubscriptionQueries extends AtServer implements SubscriptionQueryContract {}

    @Nested
    class Priorities extends AtServer implements PriorityContract {}
}
