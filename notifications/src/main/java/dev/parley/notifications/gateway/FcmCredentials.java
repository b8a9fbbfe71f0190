package dev.parley.notifications.gateway;

import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.firebase.FirebaseApp;
import com.google.firebase.FirebaseOptions;
import dev.parley.notifications.NotificationsProperties.Fcm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Makes an [FcmSender] from the configured service account.
final class FcmCredentials {

    private static final String SETTING = "parley.notifications.fcm.service-account-file";

    private FcmCredentials() {}

    /// @return null where no service account is configured
    /// @throws UnusableCredentialsException if it cannot be used
    static @Nullable FcmSender open(Fcm fcm, Duration timeout, Clock clock) {
        Path file = fcm.serviceAccountFile();
        if (file == null) {
            return null;
        }
        ServiceAccountCredentials account = read(file);
        FirebaseOptions options = FirebaseOptions.builder()
                .setCredentials(account)
                .setProjectId(project(file, account))
                .setHttpTransport(new FcmTransport(fcm.endpoint(), timeout))
                .build();
        // A name of its own: Firebase keeps its apps in a map of the process.
        return new FcmSender(FirebaseApp.initializeApp(options, "parley-" + UUID.randomUUID()), clock);
    }

    private static ServiceAccountCredentials read(Path file) {
        UnusableCredentialsException.checkReadable(SETTING, file);
        try (InputStream json = Files.newInputStream(file)) {
            return ServiceAccountCredentials.fromStream(json);
        } catch (IOException | RuntimeException e) {
            throw new UnusableCredentialsException(SETTING, file, "is no service account in JSON", e);
        }
    }

    private static String project(Path file, ServiceAccountCredentials account) {
        String project = account.getProjectId();
        if (project == null) {
            throw new UnusableCredentialsException(SETTING, file, "names no project_id", null);
        }
        return project;
    }
}
