package dev.parley.notifications.gateway;

import dev.parley.notifications.LogField;
import dev.parley.notifications.NotificationsProperties;
import dev.parley.notifications.NotificationsProperties.Breaker;
import dev.parley.notifications.device.Platform;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Opens a gateway for each platform. Credentials that cannot be used end the start.
@Configuration(proxyBeanMethods = false)
class GatewayConfiguration {

    private static final Logger log = LoggerFactory.getLogger(GatewayConfiguration.class);

    @Bean
    ConfiguredCredentials configuredCredentials(NotificationsProperties properties, Clock clock) {
        var timeout = properties.outbox().sendTimeout();
        Map<Platform, Credentials> all = new EnumMap<>(Platform.class);
        all.put(Platform.APNS, new ApnsCredentials(properties.apns(), timeout));
        all.put(Platform.FCM, new FcmCredentials(properties.fcm(), timeout, clock));
        Map<Platform, String> digests = new EnumMap<>(Platform.class);
        all.forEach((platform, credentials) -> {
            CredentialSource source = credentials.source();
            if (source != null) {
                digests.put(platform, source.digest());
            }
        });
        return new ConfiguredCredentials(all, digests);
    }

    @Bean(destroyMethod = "close")
    PushGateways pushGateways(ConfiguredCredentials configured, NotificationsProperties properties, Clock clock) {
        Map<Platform, Provider> providers = new EnumMap<>(Platform.class);
        configured.all().forEach((platform, credentials) -> {
            CircuitBreaker breaker = CircuitBreaker.of(platform.text(), breaker(properties.breaker()));
            providers.put(platform, new Provider(platform, open(platform, credentials), breaker, clock));
        });
        return new PushGateways(providers);
    }

    private static @Nullable PushNotificationSender open(Platform platform, Credentials credentials) {
        if (credentials.source() == null) {
            log.atInfo()
                    .addKeyValue(LogField.PLATFORM, platform.text())
                    .log("No credentials: no push leaves for this platform, its outbox rows wait until they expire");
            return null;
        }
        return credentials.open();
    }

    private static CircuitBreakerConfig breaker(Breaker settings) {
        return CircuitBreakerConfig.custom()
                .failureRateThreshold((float) (settings.failureShare() * 100))
                .slidingWindowSize(settings.calls())
                .minimumNumberOfCalls(settings.calls())
                .waitDurationInOpenState(settings.open())
                .permittedNumberOfCallsInHalfOpenState(settings.probes())
                .build();
    }
}
