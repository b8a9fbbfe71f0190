package dev.parley.notifications.testing;

import com.eatthepath.pushy.apns.auth.ApnsVerificationKey;
import com.eatthepath.pushy.apns.server.MockApnsServer;
import com.eatthepath.pushy.apns.server.MockApnsServerBuilder;
import com.eatthepath.pushy.apns.server.PushNotificationHandler;
import com.eatthepath.pushy.apns.server.RejectedNotificationException;
import com.eatthepath.pushy.apns.server.RejectionReason;
import com.eatthepath.pushy.apns.server.UnregisteredDeviceTokenException;
import com.eatthepath.pushy.apns.server.ValidatingPushNotificationHandlerFactory;
import dev.parley.notifications.testing.TestKeys.ServerIdentity;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.AbstractSet;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// APNs as pushy's own mock server plays it, over HTTP/2 and TLS on loopback. It checks the provider token's signature,
/// the topic and the shape of every request as Apple does, and takes every well-formed device token.
///
/// Certificate and signing key are made in `workDir` when it starts. Thread-safe.
public final class ApnsMock implements AutoCloseable {

    private static final String KEY_ID = "TESTKEY001";
    private static final String TEAM_ID = "TESTTEAM01";
    private static final String TOPIC = "dev.parley.test";

    /// One request.
    ///
    /// @param headers all of the request, pseudo-headers included
    /// @param payload the JSON as sent
    public record Received(String deviceToken, Map<String, String> headers, JsonNode payload) {

        public @Nullable String apnsId() {
            return headers.get("apns-id");
        }

        public @Nullable String collapseId() {
            return headers.get("apns-collapse-id");
        }
    }

    private final Path caFile;
    private final Path keyFile;
    private final ServerIdentity identity;
    private final ECPublicKey providerKey;
    private final List<Received> accepted = new CopyOnWriteArrayList<>();
    private final List<Received> rejected = new CopyOnWriteArrayList<>();
    private final Map<String, Instant> gone = new ConcurrentHashMap<>();
    private final Deque<RejectionReason> rejections = new ConcurrentLinkedDeque<>();
    private volatile boolean busy;
    private @Nullable LoopbackServer server;
    private int port;

    private ApnsMock(Path workDir) throws IOException, GeneralSecurityException {
        Files.createDirectories(workDir);
        identity = TestKeys.serverIdentity(workDir);
        caFile = Files.writeString(
                workDir.resolve("apns-ca.pem"),
                TestKeys.pem("CERTIFICATE", identity.certificate().getEncoded()));
        KeyPair provider = TestKeys.ellipticCurve();
        providerKey = (ECPublicKey) provider.getPublic();
        keyFile = Files.writeString(
                workDir.resolve("AuthKey_" + KEY_ID + ".p8"),
                TestKeys.pem("PRIVATE KEY", provider.getPrivate().getEncoded()));
    }

    /// Starts on a free port.
    public static ApnsMock start(Path workDir) {
        try {
            ApnsMock mock = new ApnsMock(workDir);
            mock.up();
            return mock;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("The APNs mock cannot start", e);
        }
    }

    /// Listens again on the port it had.
    public synchronized void up() {
        try {
            ApnsVerificationKey key = new ApnsVerificationKey(KEY_ID, TEAM_ID, providerKey);
            var validating = new ValidatingPushNotificationHandlerFactory(
                    Map.of(TOPIC, new Everything()), gone, Map.of(KEY_ID, key), Map.of(key, Set.of(TOPIC)));
            MockApnsServer mock = new MockApnsServerBuilder()
                    .setServerCredentials(
                            new java.security.cert.X509Certificate[] {identity.certificate()}, identity.key(), null)
                    .setTrustedClientCertificateChain(caFile.toFile())
                    .setHandlerFactory(
                            session -> handler(certified(session) ? new Accepting() : validating.buildHandler(session)))
                    .build();
            server = LoopbackServer.start(mock, port);
            port = server.port();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("The APNs mock cannot listen", e);
        }
    }

    /// Closes its port and connections: clients are refused until [#up].
    public synchronized void down() {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    /// Whether the client came with the certificate that [#certificateFile] holds.
    private boolean certified(SSLSession session) {
        try {
            return identity.certificate().equals(session.getPeerCertificates()[0]);
        } catch (SSLPeerUnverifiedException e) {
            return false;
        }
    }

    private PushNotificationHandler handler(PushNotificationHandler validating) {
        return (headers, payload) -> {
            Received received = received(headers, payload);
            try {
                RejectionReason scripted = busy ? RejectionReason.SERVICE_UNAVAILABLE : rejections.poll();
                if (scripted != null) {
                    throw new RejectedNotificationException(scripted);
                }
                validating.handlePushNotification(headers, payload);
                accepted.add(received);
            } catch (RejectedNotificationException e) {
                rejected.add(received);
                throw e;
            }
        };
    }

    private static Received received(Http2Headers headers, @Nullable ByteBuf payload) {
        Map<String, String> texts = new ConcurrentHashMap<>();
        headers.forEach(header ->
                texts.put(header.getKey().toString(), header.getValue().toString()));
        String path = texts.getOrDefault(":path", "");
        String json = payload == null ? "{}" : payload.toString(StandardCharsets.UTF_8);
        return new Received(
                path.substring(path.lastIndexOf('/') + 1), Map.copyOf(texts), new JsonMapper().readTree(json));
    }

    public String host() {
        return "localhost";
    }

    public int port() {
        return port;
    }

    /// The certificate to trust, PEM.
    public Path caFile() {
        return caFile;
    }

    /// The provider's signing key, `.p8`.
    public Path keyFile() {
        return keyFile;
    }

    /// A client's certificate with its key, PKCS #12, instead of the signing key.
    public Path certificateFile() {
        return caFile.resolveSibling("server.p12");
    }

    public String certificatePassword() {
        return TestKeys.PASSWORD;
    }

    public String keyId() {
        return KEY_ID;
    }

    public String teamId() {
        return TEAM_ID;
    }

    public String topic() {
        return TOPIC;
    }

    /// What the role needs to know to push here with the signing key, by the names of its settings.
    ///
    /// @param prefix before `apns.host` and the others
    public Map<String, Object> settings(String prefix) {
        return Map.of(
                prefix + "apns.host", host(),
                prefix + "apns.port", port(),
                prefix + "apns.sandbox-host", host(),
                prefix + "apns.sandbox-port", port(),
                prefix + "apns.key-file", keyFile(),
                prefix + "apns.key-id", keyId(),
                prefix + "apns.team-id", teamId(),
                prefix + "apns.topic", topic(),
                prefix + "apns.trusted-ca", caFile());
    }

    /// What was accepted, in order of arrival.
    public List<Received> received() {
        return List.copyOf(accepted);
    }

    /// What was refused, in order of arrival.
    public List<Received> rejected() {
        return List.copyOf(rejected);
    }

    /// The next request is refused, whatever it is; several are refused in turn.
    public void rejectNext(RejectionReason... reasons) {
        Collections.addAll(rejections, reasons);
    }

    /// Every request is refused with a 503 until [#free].
    public void busy() {
        busy = true;
    }

    /// Undoes [#busy].
    public void free() {
        busy = false;
    }

    /// A 410 for this token from now on.
    ///
    /// @see UnregisteredDeviceTokenException
    public void unregister(String deviceToken, Instant since) {
        gone.put(deviceToken, since);
    }

    @Override
    public void close() {
        down();
    }

    /// For clients whose certificate says who they are.
    private static final class Accepting implements PushNotificationHandler {
        @Override
        public void handlePushNotification(Http2Headers headers, @Nullable ByteBuf payload) {}
    }

    /// Every device token is good for the topic.
    private static final class Everything extends AbstractSet<String> {
        @Override
        public boolean contains(Object token) {
            return true;
        }

        @Override
        public Iterator<String> iterator() {
            return Collections.emptyIterator();
        }

        @Override
        public int size() {
            return Integer.MAX_VALUE;
        }
    }
}
