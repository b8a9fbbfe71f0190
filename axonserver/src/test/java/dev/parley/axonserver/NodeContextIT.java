package dev.parley.axonserver;

import static dev.parley.axonserver.Events.append;
import static dev.parley.axonserver.Events.event;
import static dev.parley.axonserver.Events.get;
import static dev.parley.axonserver.Events.id;
import static dev.parley.axonserver.Events.take;
import static org.assertj.core.api.Assertions.assertThat;

import io.axoniq.axonserver.connector.AxonServerConnection;
import io.axoniq.axonserver.connector.event.EventStream;
import io.axoniq.axonserver.grpc.command.CommandResponse;
import io.axoniq.axonserver.grpc.event.Event;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Contexts have nothing in common but the node.
class NodeContextIT {

    private static TestNode node;

    @BeforeAll
    static void start() {
        node = TestNode.onEmptyStore(Map.of("contexts", "default,orders"));
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static AxonServerConnection connect(String context) {
        return node.factory("client-" + id()).connect(context);
    }

    @Test
    void eventsStayInTheirContextAndOutliveTheNode() throws Exception {
        String aggregate = id();
        Event ours = event(aggregate, 0);
        Event theirs = event(aggregate, 0);
        append(connect("default"), ours);
        append(connect("orders"), theirs);
        node.restart();
        AxonServerConnection orders = connect("orders");
        append(orders, event(aggregate, 1));
        try (EventStream stream = orders.eventChannel().openStream(-1, 64)) {
            assertThat(take(stream, 2).getFirst().getEvent()).isEqualTo(theirs);
        }
        assertThat(get(orders.eventChannel().getLastToken())).isEqualTo(1);
        assertThat(get(connect("default").eventChannel().getLastToken())).isZero();
    }

    @Test
    void commandsStayInTheirContext() throws Exception {
        String name = id();
        connect("orders")
                .commandChannel()
                .registerCommandHandler(
                        command -> CompletableFuture.completedFuture(CommandResponse.getDefaultInstance()), 100, name)
                .awaitAck(10, TimeUnit.SECONDS);
        assertThat(get(connect("orders").commandChannel().sendCommand(Messages.command(name, "k")))
                        .getErrorCode())
                .isEmpty();
        assertThat(get(connect("default").commandChannel().sendCommand(Messages.command(name, "k")))
                        .getErrorCode())
                .isEqualTo("AXONIQ-4000");
    }
}
