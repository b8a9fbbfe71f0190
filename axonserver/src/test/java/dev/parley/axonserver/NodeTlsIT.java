package dev.parley.axonserver;

import static dev.parley.axonserver.Events.append;
import static dev.parley.axonserver.Events.event;
import static dev.parley.axonserver.Events.id;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.axoniq.axonserver.connector.AxonServerConnection;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The connector's own TLS settings against the node's.
class NodeTlsIT {

    @TempDir
    static Path folder;

    private static Certificate first;
    private static Certificate second;
    private static TestNode node;

    @BeforeAll
    static void start() throws Exception {
        CompletableFuture<Certificate> other = CompletableFuture.supplyAsync(() -> create("second"));
        first = create("first");
        second = other.join();
        node = TestNode.onEmptyStore(settings(Map.of()));
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static Certificate create(String name) {
        try {
            return Certificate.create(folder, name);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> settings(Map<String, ?> more) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "port",
                0,
                "http.port",
                0,
                "tls.certificate",
                first.file(),
                "tls.private-key",
                first.keyFile(),
                "tls.reload",
                "50ms"));
        settings.putAll(more);
        return settings;
    }

    private static AxonServerConnection connect(TestNode node, SslContextBuilder tls) {
        return node.factory("client-" + id(), settings -> {
                    try {
                        return settings.useTransportSecurity(tls.build());
                    } catch (javax.net.ssl.SSLException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .connect("default");
    }

    private static SslContextBuilder trusting(Certificate certificate) {
        return GrpcSslContexts.forClient().trustManager(certificate.certificate());
    }

    @Test
    void theConnectorAppendsOverTls() throws Exception {
        append(connect(node, trusting(first)), event(id(), 0));
    }

    @Test
    void theConnectorTrustsNoOtherNode() {
        AxonServerConnection connection = connect(node, trusting(second));
        assertThatThrownBy(() -> append(connection, event(id(), 0))).hasStackTraceContaining("UNAVAILABLE");
    }

    @Test
    void clearTextIsNotSpoken() {
        AxonServerConnection connection = node.connect("client-" + id());
        assertThatThrownBy(() -> append(connection, event(id(), 0))).hasStackTraceContaining("UNAVAILABLE");
    }

    @Test
    void httpIsEncryptedToo() throws Exception {
        HttpClient client =
                HttpClient.newBuilder().sslContext(trust(first.certificate())).build();
        HttpResponse<String> health = client.send(
                HttpRequest.newBuilder(
                                URI.create("https://127.0.0.1:" + node.node().httpPort() + "/actuator/health"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(health.statusCode()).isEqualTo(200);
    }

    @Test
    void replacedFilesAreTakenWithoutRestart() throws Exception {
        Path certificate = Files.copy(first.file(), folder.resolve("own.crt"));
        Path key = Files.copy(first.keyFile(), folder.resolve("own.key"));
        Map<String, ?> own = settings(Map.of("tls.certificate", certificate, "tls.private-key", key));
        try (TestNode restless = TestNode.onEmptyStore(own)) {
            assertThat(shown(restless.port())).isEqualTo(first.certificate());
            Files.copy(second.file(), certificate, REPLACE_EXISTING);
            assertThat(shown(restless.port())).isEqualTo(first.certificate());
            Files.copy(second.keyFile(), key, REPLACE_EXISTING);
            Awaitility.await()
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(shown(restless.port())).isEqualTo(second.certificate()));
            assertThat(shown(restless.node().httpPort())).isEqualTo(second.certificate());
        }
    }

    @Test
    void clientsShowTheirCertificateWhereOneIsWanted() throws Exception {
        try (TestNode strict = TestNode.onEmptyStore(settings(Map.of("tls.client-ca", second.file())))) {
            SslContextBuilder known = trusting(first)
                    .keyManager(second.file().toFile(), second.keyFile().toFile());
            append(connect(strict, known), event(id(), 0));
            AxonServerConnection stranger = connect(strict, trusting(first));
            assertThatThrownBy(() -> append(stranger, event(id(), 0))).hasStackTraceContaining("UNAVAILABLE");
        }
    }

    @Test
    void filesThatCannotBeUsedAreNamed() throws Exception {
        Path rubbish = Files.writeString(folder.resolve("rubbish.pem"), "rubbish");
        refused(Map.of("tls.certificate", folder.resolve("nowhere.crt")), "nowhere.crt");
        refused(Map.of("tls.certificate", rubbish), "rubbish.pem");
        refused(Map.of("tls.private-key", rubbish), "rubbish.pem");
        refused(Map.of("tls.private-key", second.keyFile()), "second.key");
        refused(Map.of("tls.client-ca", rubbish), "rubbish.pem");
        assertThatThrownBy(() -> AxonServerNode.start(
                        AxonServerNodeProperties.with(Map.of("port", 0, "tls.certificate", first.file())),
                        node.database().dataSource()))
                .isInstanceOf(NodeStartException.class)
                .hasMessageContaining("private-key");
    }

    private static void refused(Map<String, ?> setting, String file) {
        assertThatThrownBy(() -> AxonServerNode.start(
                        AxonServerNodeProperties.with(settings(setting)),
                        node.database().dataSource()))
                .isInstanceOf(NodeStartException.class)
                .hasMessageContaining(file);
    }

    /// The certificate that a new connection is shown.
    private static X509Certificate shown(int port) throws Exception {
        SSLContext tls = trust(first.certificate(), second.certificate());
        try (SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket("127.0.0.1", port)) {
            var parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    private static SSLContext trust(X509Certificate... certificates) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (X509Certificate certificate : certificates) {
            store.setCertificateEntry(certificate.getSubjectX500Principal().getName(), certificate);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
