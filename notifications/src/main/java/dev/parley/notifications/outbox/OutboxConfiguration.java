package dev.parley.notifications.outbox;

import dev.parley.notifications.NotificationsProperties;
import java.util.Random;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class OutboxConfiguration {

    @Bean
    Backoff pushBackoff(NotificationsProperties properties) {
        return new Backoff(properties.outbox().retry(), new Random());
    }
}
