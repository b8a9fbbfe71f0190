package dev.parley.axonserver;

import static dev.parley.axonserver.Events.append;
import static dev.parley.axonserver.Events.event;
import static dev.parley.axonserver.Events.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.axonserver.protocol.ErrorCode;
import io.axoniq.axonserver.connector.AxonServerConnection;
import io.axoniq.axonserver.grpc.control.ClientIdentification;
import io.axoniq.axonserver.grpc.control.PlatformServiceGrpc;
import io.axoniq.axonserver.grpc.event.EventStoreGrpc;
import io.axoniq.axonserver.grpc.event.GetLastTokenRequest;
import io.axoniq.axonserver.grpc.streams.PersistentStreamServiceGrpc;
import io.axoniq.axonserver.grpc.streams.StreamRequest;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// With access tokens, nobody gets past the node without one that is for the context.
class NodeAccessIT {

    private static final String EVERYWHERE = "everywhere-0123456789";
    private static final String ORDERS_ONLY = "orders-only-0123456789";

    private static TestNode node;

    @BeforeAll
    static void start() {
        node = TestNode.onEmptyStore(Map.of(
                "contexts",
                "default,orders",
                "access.tokens.shop.token",
                EVERYWHERE,
                "access.tokens.till.token",
                ORDERS_ONLY,
                "access.tokens.till.contexts",
                "orders"));
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static void call(String token, String context) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("AxonIQ-Context", Metadata.ASCII_STRING_MARSHALLER), context);
        if (token != null) {
            headers.put(Metadata.Key.of("AxonIQ-Access-Token", Metadata.ASCII_STRING_MARSHALLER), token);
        }
        ManagedChannel channel = node.channel();
        var unused = EventStoreGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .getLastToken(GetLastTokenRequest.getDefaultInstance());
        channel.shutdownNow();
    }

    private static void refused(String token, String context, String code) {
        assertThatThrownBy(() -> call(token, context)).isInstanceOfSatisfying(StatusRuntimeException.class, failure -> {
            assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
            assertThat(failure.getTrailers().get(ErrorCode.TRAILER)).isEqualTo(code);
            assertThat(failure.getMessage()).doesNotContain(EVERYWHERE, ORDERS_ONLY);
        });
    }

    @Test
    void aTokenOpensItsContexts() {
        call(EVERYWHERE, "default");
        call(EVERYWHERE, "orders");
        call(ORDERS_ONLY, "orders");
    }

    @Test
    void aTokenIsNoUseInOtherContexts() {
        refused(ORDERS_ONLY, "default", "AXONIQ-1001");
        refused(ORDERS_ONLY, "no-such-context", "AXONIQ-1001");
    }

    @Test
    void strangersAreRefused() {
        refused(null, "default", "AXONIQ-1000");
        refused("", "default", "AXONIQ-1000");
        refused("wrong-0123456789012", "default", "AXONIQ-1001");
        refused(EVERYWHERE + "x", "default", "AXONIQ-1001");
        refused("x".repeat(4000), "default", "AXONIQ-1001");
    }

    @Test
    void noServiceCanBeReachedWithoutToken() throws Exception {
        var platform = PlatformServiceGrpc.newBlockingStub(node.channel());
        assertThatThrownBy(() -> platform.getPlatformServer(ClientIdentification.getDefaultInstance()))
                .hasMessageContaining("PERMISSION_DENIED");
        CompletableFuture<Void> notOffered = new CompletableFuture<>();
        PersistentStreamServiceGrpc.newStub(node.channel())
                .openStream(new StreamObserver<>() {
                    @Override
                    public void onNext(io.axoniq.axonserver.grpc.streams.StreamSignal signal) {}

                    @Override
                    public void onError(Throwable failure) {
                        notOffered.completeExceptionally(failure);
                    }

                    @Override
                    public void onCompleted() {
                        notOffered.complete(null);
                    }
                })
                .onNext(StreamRequest.getDefaultInstance());
        assertThatThrownBy(() -> notOffered.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("PERMISSION_DENIED");
    }

    @Test
    void theConnectorShowsItsToken() throws Exception {
        AxonServerConnection connection = node.factory("client-" + id(), settings -> settings.token(ORDERS_ONLY))
                .connect("orders");
        append(connection, event(id(), 0));
        Awaitility.await()
                .untilAsserted(() -> assertThat(node.node().clients())
                        .anySatisfy(client -> assertThat(client.context()).isEqualTo("orders")));
    }

    @Test
    void aConnectorWithoutTokenGetsNowhere() {
        AxonServerConnection connection = node.connect("client-" + id());
        assertThatThrownBy(() -> append(connection, event(id(), 0))).hasStackTraceContaining("UNAVAILABLE");
    }

    @Test
    void settingsThatLetEverybodyInAreRefused() {
        refusedSettings(Map.of("address", "0.0.0.0"), "parley.axonserver.access.open");
        refusedSettings(Map.of("http.port", 0, "http.address", "0.0.0.0"), "parley.axonserver.http.address");
        refusedSettings(Map.of("access.tokens.shop.token", "short"), "access.tokens.shop.token");
        refusedSettings(
                Map.of("access.tokens.shop.token", EVERYWHERE, "access.tokens.till.token", EVERYWHERE), "the token of");
    }

    private static void refusedSettings(Map<String, ?> settings, String because) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("port", 0);
        assertThatThrownBy(() -> AxonServerNode.start(
                        AxonServerNodeProperties.with(all), node.database().dataSource()))
                .isInstanceOf(NodeStartException.class)
                .hasMessageContaining(because)
                .hasMessageNotContaining(EVERYWHERE);
    }

    @Test
    void settingsDoNotShowTokens() {
        var properties = AxonServerNodeProperties.with(Map.of("access.tokens.shop.token", EVERYWHERE));
        assertThat(properties.access().controlled()).isTrue();
        assertThat(properties.toString()).doesNotContain(EVERYWHERE);
    }

    /// A server that does not permit it says GOAWAY at the third.
    @Test
    void aPingASecondIsNotTooMany() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", node.port())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.write(new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0});
            DataInputStream in = new DataInputStream(socket.getInputStream());
            for (int i = 0; i < 4; i++) {
                long sent = System.nanoTime();
                out.write(new byte[] {0, 0, 8, 6, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8});
                out.flush();
                assertThat(nextButSettings(in)).isEqualTo(6);
                if (i < 3) {
                    Awaitility.await()
                            .pollInterval(10, TimeUnit.MILLISECONDS)
                            .until(() -> System.nanoTime() - sent > TimeUnit.MILLISECONDS.toNanos(1010));
                }
            }
        }
    }

    /// Reads frames (RFC 9113, 4.1) up to one that is neither SETTINGS nor WINDOW_UPDATE.
    private static int nextButSettings(DataInputStream in) throws IOException {
        while (true) {
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            in.skipNBytes(5 + length);
            if (type != 4 && type != 8) {
                return type;
            }
        }
    }
}
