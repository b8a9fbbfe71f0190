package dev.parley.notifications.testing;

import com.eatthepath.pushy.apns.server.MockApnsServer;
import com.eatthepath.pushy.apns.server.MockApnsServerBuilder;
import dev.parley.notifications.testing.TestKeys.ServerIdentity;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// APNs over HTTP/2 and TLS, by pushy's mock server, with as many streams a connection as Apple allows.
final class ApnsSink implements PushSink {

    private static final String KEY_ID = "SINKKEY001";
    private static final int STREAMS = 1_000;
    private static final int TOKEN_BYTES = 32;

    private final Path keyFile;
    private final Path caFile;
    private final Consumer<Arrival> arrivals;
    private final LoopbackServer server;

    ApnsSink(Path workDir, Consumer<Arrival> arrivals) {
        this.arrivals = arrivals;
        try {
            Files.createDirectories(workDir);
            ServerIdentity identity = TestKeys.serverIdentity(workDir);
            caFile = Files.writeString(
                    workDir.resolve("apns-ca.pem"),
                    TestKeys.pem("CERTIFICATE", identity.certificate().getEncoded()));
            keyFile = Files.writeString(
                    workDir.resolve("AuthKey_" + KEY_ID + ".p8"),
                    TestKeys.pem(
                            "PRIVATE KEY", TestKeys.ellipticCurve().getPrivate().getEncoded()));
            MockApnsServerBuilder builder = new MockApnsServerBuilder()
                    .setServerCredentials(new X509Certificate[] {identity.certificate()}, identity.key(), null)
                    .setMaxConcurrentStreams(STREAMS)
                    .setHandlerFactory(session -> this::take);
            MockApnsServer mock = builder.build();
            server = LoopbackServer.start(mock, 0);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("The APNs sink cannot start", e);
        }
    }

    private void take(Http2Headers headers, @Nullable ByteBuf payload) {
        CharSequence id = headers.get("apns-id");
        String json = payload == null ? "{}" : payload.toString(StandardCharsets.UTF_8);
        arrivals.accept(new Arrival(
                System.nanoTime(),
                UUID.fromString(String.valueOf(id)),
                PushSink.field("message", json),
                !"background".contentEquals(String.valueOf(headers.get("apns-push-type")))));
    }

    @Override
    public List<String> arguments() {
        return List.of(
                "--parley.notifications.apns.host=localhost",
                "--parley.notifications.apns.port=" + server.port(),
                "--parley.notifications.apns.key-file=" + keyFile,
                "--parley.notifications.apns.key-id=" + KEY_ID,
                "--parley.notifications.apns.team-id=SINKTEAM01",
                "--parley.notifications.apns.topic=dev.parley.benchmark",
                "--parley.notifications.apns.trusted-ca=" + caFile);
    }

    @Override
    public String token() {
        byte[] token = new byte[TOKEN_BYTES];
        ThreadLocalRandom.current().nextBytes(token);
        return HexFormat.of().formatHex(token);
    }

    @Override
    public void close() {
        server.close();
    }
}
