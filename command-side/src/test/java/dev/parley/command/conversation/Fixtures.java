package dev.parley.command.conversation;

import java.util.Map;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/// Conversations under the limits that hold where nothing is configured.
final class Fixtures {

    static final ConversationLimits LIMITS = limits(Map.of());

    private Fixtures() {}

    static AggregateTestFixture<Conversation> conversation() {
        return conversation(LIMITS, (conversation, seq) -> {
            throw new AssertionError("The store is not asked");
        });
    }

    static AggregateTestFixture<Conversation> conversation(ConversationLimits limits, StoredMessages stored) {
        AggregateTestFixture<Conversation> fixture = new AggregateTestFixture<>(Conversation.class);
        fixture.registerInjectableResource(limits).registerInjectableResource(stored);
        return fixture;
    }

    static ConversationLimits limits(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("limits", ConversationLimits.class);
    }
}
