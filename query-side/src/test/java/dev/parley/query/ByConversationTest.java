package dev.parley.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.member.MemberId;
import java.util.UUID;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.junit.jupiter.api.Test;

class ByConversationTest {

    private final ByConversation policy = new ByConversation();

    @Test
    void aConversationAndItsMembersAreOneSequence() {
        ConversationId conversation = new ConversationId(UUID.randomUUID());
        MemberId member = new MemberId(conversation, new AccountId(UUID.randomUUID()));
        assertThat(sequence(member.toString()))
                .isEqualTo(sequence(conversation.toString()))
                .isNotEqualTo(sequence(UUID.randomUUID().toString()));
    }

    @Test
    void whatBelongsToNoStreamIsASequenceOfItsOwn() {
        GenericEventMessage<String> event = new GenericEventMessage<>("");
        assertThat(policy.getSequenceIdentifierFor(event)).isEqualTo(event.getIdentifier());
    }

    private Object sequence(String stream) {
        return policy.getSequenceIdentifierFor(new GenericDomainEventMessage<>("type", stream, 0, ""));
    }
}
