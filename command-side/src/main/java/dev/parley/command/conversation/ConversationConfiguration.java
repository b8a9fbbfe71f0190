package dev.parley.command.conversation;

import dev.parley.command.CommandSideProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What the handlers of [Conversation] are given as parameters.
@Configuration(proxyBeanMethods = false)
class ConversationConfiguration {

    @Bean
    ConversationLimits conversationLimits(CommandSideProperties properties) {
        return properties.limits().conversation();
    }
}
