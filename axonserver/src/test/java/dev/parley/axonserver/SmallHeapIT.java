package dev.parley.axonserver;

import static dev.parley.axonserver.Events.event;
import static dev.parley.axonserver.Events.id;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.axoniq.axonserver.connector.AxonServerConnection;
import io.axoniq.axonserver.grpc.event.Event;
import io.axoniq.axonserver.grpc.event.EventStoreGrpc;
import io.axoniq.axonserver.grpc.event.EventWithToken;
import io.axoniq.axonserver.grpc.event.GetEventsRequest;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Readers that stand still cost the node little memory and hold up nobody.
class SmallHeapIT {

    private static final int STREAMS = 50;
    private static final int EVENTS = 1000;

    /// How far behind the head the readers begin that stand still; they get all of that from memory.
    private static final int BEHIND = 35;
    private static final int BATCH = 5;
    private static final int EVENT_BYTES = 100_000;

    /// Asks for everything and takes nothing.
    private static final class Idle implements ClientResponseObserver<GetEventsRequest, EventWithToken> {
        private final AtomicInteger ended = new AtomicInteger();

        @Override
        public void beforeStart(ClientCallStreamObserver<GetEventsRequest> call) {
            call.disableAutoRequestWithInitial(1);
        }

        @Override
        public void onNext(EventWithToken value) {}

        @Override
        public void onError(Throwable t) {
            ended.incrementAndGet();
        }

        @Override
        public void onCompleted() {
            ended.incrementAndGet();
        }
    }

    private static Event[] large(String aggregate, long sequence) {
        Event[] events = new Event[BATCH];
        for (int i = 0; i < BATCH; i++) {
            Event event = event(aggregate, sequence + i);
            events[i] = event.toBuilder()
                    .setPayload(event.getPayload().toBuilder().setData(ByteString.copyFrom(new byte[EVENT_BYTES])))
                    .build();
        }
        return events;
    }

    @Test
    void readersThatStandStillFitIntoASmallHeap(@TempDir Path folder) {
        Map<String, Object> small = Map.of(
                "storage.tailBytes",
                "4MB",
                "storage.pageBytes",
                "200KB",
                "storage.groupBytes",
                "1MB",
                "storage.queuedBytes",
                "4MB");
        List<ManagedChannel> channels = new ArrayList<>();
        try (FragilePostgres postgres = new FragilePostgres(folder);
                NodeProcess node = new NodeProcess(postgres, List.of("-Xmx64m", "-XX:+ExitOnOutOfMemoryError"), small);
                Clients clients = new Clients(node.port())) {
            AxonServerConnection writing = clients.connect("writing");
            LogReader.Memory seen = new LogReader.Memory(0);
            Idle idle = new Idle();
            try (LogReader reader = new LogReader(clients.connect("reading"), seen)) {
                String aggregate = id();
                for (int i = 0; i < EVENTS; i += BATCH) {
                    if (i % (EVENTS / STREAMS) == 0) {
                        channels.add(idleStream(node.port(), Math.max(0, i - BEHIND), idle));
                    }
                    Events.append(writing, large(aggregate, i));
                }
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(seen.seen()).hasSize(EVENTS));
                reader.check();
                assertThat(reader.streams()).isEqualTo(1);
                assertThat(idle.ended).hasValue(0);
                assertThat(node.isAlive()).as(node.output()).isTrue();
            }
        } finally {
            channels.forEach(ManagedChannel::shutdownNow);
        }
    }

    private static ManagedChannel idleStream(int port, long from, Idle idle) {
        ManagedChannel channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        EventStoreGrpc.newStub(channel)
                .listEvents(idle)
                .onNext(GetEventsRequest.newBuilder()
                        .setTrackingToken(from)
                        .setNumberOfPermits(1_000_000)
                        .build());
        return channel;
    }
}
