package dev.parley.axonserver.tls;

import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.AdvancedTlsX509TrustManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The node's certificates. When their files change, new connections get the new ones; nothing has to be restarted.
///
/// Files that cannot be used together, such as a new certificate whose key is still being written, change nothing:
/// they are looked at again the next time. (gRPC's own reloading waits until both files have changed, and so misses a
/// certificate renewed with its old key.)
public final class NodeTls {

    private static final Logger LOG = LoggerFactory.getLogger(NodeTls.class);

    private final Path certificate;
    private final Path privateKey;
    private final @Nullable Path clientCa;
    private final AdvancedTlsX509KeyManager own = new AdvancedTlsX509KeyManager();
    private final AdvancedTlsX509TrustManager clients;
    private List<Object> seen = List.of();

    /// Reads the files.
    ///
    /// @throws TlsException if a file is missing or cannot be used
    public NodeTls(TlsProperties properties) throws TlsException {
        if (properties.certificate() == null || properties.privateKey() == null) {
            throw new TlsException(
                    "parley.axonserver.tls.certificate and parley.axonserver.tls.private-key belong together");
        }
        certificate = properties.certificate();
        privateKey = properties.privateKey();
        clientCa = properties.clientCa();
        try {
            clients = AdvancedTlsX509TrustManager.newBuilder()
                    .setVerification(AdvancedTlsX509TrustManager.Verification.CERTIFICATE_ONLY_VERIFICATION)
                    .build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has PKIX", e);
        }
        List<Object> now = state();
        load();
        seen = now;
    }

    /// For the gRPC server.
    public SslContext grpc() {
        try {
            SslContextBuilder builder = GrpcSslContexts.configure(SslContextBuilder.forServer(own));
            if (clientCa != null) {
                builder.trustManager(clients).clientAuth(ClientAuth.REQUIRE);
            }
            return builder.build();
        } catch (SSLException e) {
            throw new IllegalStateException("TLS cannot be set up", e);
        }
    }

    /// For the HTTP server. It asks no certificate of its clients.
    public SSLContext http() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {own}, null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has TLS", e);
        }
    }

    /// Takes the files if they have changed. To be called every [TlsProperties#reload()], by one thread.
    public void reload() {
        List<Object> now = state();
        if (now.equals(seen)) {
            return;
        }
        try {
            load();
            seen = now;
            LOG.atInfo().addKeyValue("certificate", certificate).log("The certificate is replaced");
        } catch (TlsException e) {
            LOG.atWarn()
                    .addKeyValue("reason", e.getMessage())
                    .log("A new certificate cannot be used; the old one stays");
        }
    }

    private void load() throws TlsException {
        X509Certificate[] chain = PemFiles.certificates(certificate, "certificate");
        PrivateKey key = PemFiles.key(privateKey);
        if (!PemFiles.belongTogether(key, chain[0].getPublicKey())) {
            throw new TlsException(privateKey + " (parley.axonserver.tls.private-key) is not the key of the certificate"
                    + " in " + certificate + " (parley.axonserver.tls.certificate)");
        }
        if (clientCa != null) {
            X509Certificate[] authorities = PemFiles.certificates(clientCa, "client-ca");
            try {
                clients.updateTrustCredentials(authorities);
            } catch (IOException | GeneralSecurityException e) {
                throw new TlsException(clientCa, "client-ca", e);
            }
        }
        own.updateIdentityCredentials(chain, key);
    }

    /// When each file was written, and how long it is.
    private List<Object> state() {
        List<Object> state = new ArrayList<>();
        for (Path file :
                clientCa == null ? List.of(certificate, privateKey) : List.of(certificate, privateKey, clientCa)) {
            try {
                state.add(Files.getLastModifiedTime(file));
                state.add(Files.size(file));
            } catch (IOException missing) {
                state.add("missing");
            }
        }
        return state;
    }
}
