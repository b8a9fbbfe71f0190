package dev.parley.notifications.gateway;

import com.eatthepath.pushy.apns.ApnsClientBuilder;
import com.eatthepath.pushy.apns.auth.ApnsSigningKey;
import dev.parley.notifications.NotificationsProperties.Apns;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Makes an [ApnsSender] from the configured signing key.
final class ApnsCredentials {

    private static final String PREFIX = "parley.notifications.apns.";

    private ApnsCredentials() {}

    /// @return null where no key file is configured
    /// @throws UnusableCredentialsException if it, or what belongs to it, cannot be used
    static @Nullable ApnsSender open(Apns apns, Duration timeout) {
        Path keyFile = apns.keyFile();
        if (keyFile == null) {
            return null;
        }
        ApnsSigningKey key = key(keyFile, required(apns.teamId(), "team-id"), required(apns.keyId(), "key-id"));
        ApnsClientBuilder builder = new ApnsClientBuilder()
                .setApnsServer(apns.host(), apns.port())
                .setSigningKey(key)
                .setConcurrentConnections(apns.connections())
                .setConnectionTimeout(timeout);
        Path trusted = apns.trustedCa();
        if (trusted != null) {
            UnusableCredentialsException.checkReadable(PREFIX + "trusted-ca", trusted);
            builder.setTrustedServerCertificateChain(trusted.toFile());
        }
        try {
            return new ApnsSender(builder.build(), apns.topic(), timeout);
        } catch (IOException | IllegalArgumentException e) {
            throw new UnusableCredentialsException(PREFIX + "trusted-ca", trusted, "holds no certificates in PEM", e);
        }
    }

    private static ApnsSigningKey key(Path file, String teamId, String keyId) {
        UnusableCredentialsException.checkReadable(PREFIX + "key-file", file);
        try {
            return ApnsSigningKey.loadFromPkcs8File(file.toFile(), teamId, keyId);
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new UnusableCredentialsException(
                    PREFIX + "key-file", file, "is no PKCS #8 key of an elliptic curve in PEM", e);
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
