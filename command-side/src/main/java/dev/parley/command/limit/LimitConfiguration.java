package dev.parley.command.limit;

import io.github.bucket4j.TimeMeter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class LimitConfiguration {

    @Bean
    TimeMeter limitClock() {
        return TimeMeter.SYSTEM_NANOTIME;
    }
}
