package dev.parley.notifications.gateway;

import dev.parley.notifications.LogField;
import dev.parley.notifications.NotificationsProperties;
import dev.parley.notifications.Periodic;
import dev.parley.notifications.device.Platform;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Takes up credentials that were changed while the process runs. Those that cannot be used are told of
/// once, and those of before stay in use.
@Component
class CredentialsWatch implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(CredentialsWatch.class);

    private final PushGateways gateways;
    private final Map<Platform, Credentials> credentials;
    private final Map<Platform, String> seen = new EnumMap<>(Platform.class);
    private final Duration underWay;
    private final Periodic looking;

    CredentialsWatch(PushGateways gateways, ConfiguredCredentials configured, NotificationsProperties properties) {
        this.gateways = gateways;
        this.credentials = configured.all();
        this.underWay = properties.outbox().sendTimeout().multipliedBy(2);
        this.looking =
                new Periodic("push-credentials", properties.credentialsPoll(), () -> credentials.forEach(this::look));
        seen.putAll(configured.digests());
    }

    @Override
    public void start() {
        looking.start();
    }

    @Override
    public void stop() {
        looking.stop();
    }

    @Override
    public boolean isRunning() {
        return looking.isRunning();
    }

    private void look(Platform platform, Credentials configured) {
        CredentialSource source = configured.source();
        Provider provider = gateways.provider(platform);
        if (source == null || provider == null) {
            return;
        }
        String digest = source.digest();
        if (digest.equals(seen.put(platform, digest))) {
            return;
        }
        try {
            PushNotificationSender before = provider.use(configured.open());
            log.atInfo().addKeyValue(LogField.PLATFORM, platform.text()).log("New push credentials are in use");
            if (before != null) {
                closeLater(before);
            }
        } catch (UnusableCredentialsException e) {
            log.atWarn()
                    .addKeyValue(LogField.PLATFORM, platform.text())
                    .log("Changed push credentials cannot be used, those of before stay: {}", e.getMessage());
        }
    }

    private void closeLater(PushNotificationSender before) {
        Thread.ofVirtual().name("push-credentials-close").start(() -> {
            try {
                Thread.sleep(underWay);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            before.close();
        });
    }
}
