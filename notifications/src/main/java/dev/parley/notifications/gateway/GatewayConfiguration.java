package dev.parley.notifications.gateway;

import dev.parley.notifications.LogField;
import dev.parley.notifications.NotificationsProperties;
import dev.parley.notifications.device.Platform;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Opens a gateway for each platform that has credentials. A credentials file that cannot be used ends the start.
@Configuration(proxyBeanMethods = false)
class GatewayConfiguration {

    private static final Logger log = LoggerFactory.getLogger(GatewayConfiguration.class);

    @Bean(destroyMethod = "close")
    PushGateways pushGateways(NotificationsProperties properties, Clock clock) {
        Map<Platform, PushNotificationSender> senders = new EnumMap<>(Platform.class);
        var timeout = properties.outbox().sendTimeout();
        add(senders, Platform.APNS, ApnsCredentials.open(properties.apns(), timeout));
        add(senders, Platform.FCM, FcmCredentials.open(properties.fcm(), timeout, clock));
        return new PushGateways(senders);
    }

    private static void add(
            Map<Platform, PushNotificationSender> senders, Platform platform, @Nullable PushNotificationSender sender) {
        if (sender == null) {
            log.atInfo()
                    .addKeyValue(LogField.PLATFORM, platform.text())
                    .log("No credentials: no push leaves for this platform, its outbox rows wait until they expire");
        } else {
            senders.put(platform, sender);
        }
    }
}
