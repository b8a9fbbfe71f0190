package dev.parley.notifications.gateway;

import com.eatthepath.pushy.apns.ApnsClientBuilder;
import dev.parley.notifications.LogField;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A certificate that Apple gave out for an app, with its key: PKCS #12.
final class ClientCertificate {

    private static final Logger log = LoggerFactory.getLogger(ClientCertificate.class);
    /// Apple's are good for a year; renewing one takes somebody a while.
    private static final Duration SOON = Duration.ofDays(30);

    private ClientCertificate() {}

    /// @throws UnusableCredentialsException if it is none, has expired, or has another password
    static void use(ApnsClientBuilder builder, CredentialSource source, @Nullable String password) {
        String secret = password == null ? "" : password;
        byte[] file = source.read();
        try {
            checkExpiry(source, file, secret);
            builder.setClientCredentials(new ByteArrayInputStream(file), secret);
        } catch (IOException | GeneralSecurityException e) {
            throw source.unusable("is no PKCS #12 file with a key for this password", e);
        }
    }

    private static void checkExpiry(CredentialSource source, byte[] file, String password)
            throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(file), password.toCharArray());
        Instant now = Instant.now();
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias) && store.getCertificate(alias) instanceof X509Certificate certificate) {
                Instant ends = certificate.getNotAfter().toInstant();
                if (ends.isBefore(now)) {
                    throw source.unusable("has expired on " + ends, null);
                } else if (ends.isBefore(now.plus(SOON))) {
                    log.atWarn()
                            .addKeyValue(LogField.EXPIRES, ends)
                            .log("The APNs certificate expires soon: {}", source.setting());
                }
            }
        }
    }
}
