package dev.parley.notifications.gateway;

import com.eatthepath.pushy.apns.ApnsClient;
import com.eatthepath.pushy.apns.ApnsClientBuilder;
import com.eatthepath.pushy.apns.auth.ApnsSigningKey;
import dev.parley.notifications.NotificationsProperties.Apns;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Makes an [ApnsSender] from a signing key, or from a certificate with its key.
final class ApnsCredentials implements Credentials {

    private static final String PREFIX = "parley.notifications.apns.";

    private final Apns apns;
    private final Duration timeout;
    private final @Nullable CredentialSource key;
    private final @Nullable CredentialSource certificate;

    /// @throws UnusableCredentialsException if both a key and a certificate are configured
    ApnsCredentials(Apns apns, Duration timeout) {
        this.apns = apns;
        this.timeout = timeout;
        this.key = CredentialSource.of(PREFIX, "key-file", apns.keyFile(), "key", apns.key());
        this.certificate = CredentialSource.of(PREFIX, "certificate-file", apns.certificateFile(), "-", null);
        if (key != null && certificate != null) {
            throw key.unusable("and " + certificate.setting() + " are both set: one of them is enough", null);
        }
    }

    @Override
    public @Nullable CredentialSource source() {
        return key == null ? certificate : key;
    }

    @Override
    public ApnsSender open() {
        return new ApnsSender(
                client(apns.host(), apns.port()),
                client(apns.sandboxHost(), apns.sandboxPort()),
                apns.topic(),
                timeout);
    }

    private ApnsClient client(String host, int port) {
        ApnsClientBuilder builder = new ApnsClientBuilder()
                .setApnsServer(host, port)
                .setConcurrentConnections(apns.connections())
                .setConnectionTimeout(timeout)
                .setGracefulShutdownTimeout(timeout);
        if (key != null) {
            builder.setSigningKey(signingKey(key));
        } else if (certificate != null) {
            ClientCertificate.use(builder, certificate, apns.certificatePassword());
        }
        Path trusted = apns.trustedCa();
        if (trusted != null) {
            UnusableCredentialsException.checkReadable(PREFIX + "trusted-ca", trusted);
            builder.setTrustedServerCertificateChain(trusted.toFile());
        }
        try {
            return builder.build();
        } catch (IOException | IllegalArgumentException e) {
            throw new UnusableCredentialsException(PREFIX + "trusted-ca", trusted, "holds no certificates in PEM", e);
        }
    }

    private ApnsSigningKey signingKey(CredentialSource source) {
        String team = required(apns.teamId(), "team-id");
        String id = required(apns.keyId(), "key-id");
        try {
            return ApnsSigningKey.loadFromInputStream(new ByteArrayInputStream(source.read()), team, id);
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw source.unusable("is no PKCS #8 key of an elliptic curve in PEM", e);
        }
    }

    private static String required(@Nullable String value, String name) {
        if (value == null || value.isBlank()) {
            throw new UnusableCredentialsException(
                    PREFIX + name, null, "is missing: the signing key is of no use without", null);
        }
        return value;
    }
}
