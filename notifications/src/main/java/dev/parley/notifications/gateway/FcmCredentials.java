package dev.parley.notifications.gateway;

import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.firebase.FirebaseApp;
import com.google.firebase.FirebaseOptions;
import dev.parley.notifications.NotificationsProperties.Fcm;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Makes an [FcmSender] from a service account.
final class FcmCredentials implements Credentials {

    private final Fcm fcm;
    private final Duration timeout;
    private final Clock clock;
    private final @Nullable CredentialSource account;

    FcmCredentials(Fcm fcm, Duration timeout, Clock clock) {
        this.fcm = fcm;
        this.timeout = timeout;
        this.clock = clock;
        this.account = CredentialSource.of(
                "parley.notifications.fcm.",
                "service-account-file",
                fcm.serviceAccountFile(),
                "service-account",
                fcm.serviceAccount());
    }

    @Override
    public @Nullable CredentialSource source() {
        return account;
    }

    @Override
    public FcmSender open() {
        if (account == null) {
            throw new IllegalStateException("There is no service account");
        }
        ServiceAccountCredentials credentials = read(account);
        String project = credentials.getProjectId();
        if (project == null) {
            throw account.unusable("names no project_id", null);
        }
        FirebaseOptions options = FirebaseOptions.builder()
                .setCredentials(credentials)
                .setProjectId(project)
                .setHttpTransport(new FcmTransport(fcm.endpoint(), timeout))
                .build();
        // A name of its own: Firebase keeps its apps in a map of the process.
        return new FcmSender(FirebaseApp.initializeApp(options, "parley-" + UUID.randomUUID()), clock);
    }

    private ServiceAccountCredentials read(CredentialSource source) {
        try {
            return ServiceAccountCredentials.fromStream(
                    new ByteArrayInputStream(source.read()), () -> new FcmTransport(null, timeout));
        } catch (IOException | RuntimeException e) {
            if (e instanceof UnusableCredentialsException unusable) {
                throw unusable;
            }
            throw source.unusable("is no service account in JSON", e);
        }
    }
}
