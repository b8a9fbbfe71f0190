package dev.parley.delivery.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.delivery.log.EventEncoder;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.messages.conversation.ConversationEvent.TopicChanged;
import dev.parley.messages.member.MemberId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UnacknowledgedTest {

    private final EventEncoder encoder = new EventEncoder(new SimpleMeterRegistry());
    private final AccountId me = new AccountId(UUID.randomUUID());
    private final AccountId other = new AccountId(UUID.randomUUID());
    private final ConversationId tea = new ConversationId(UUID.randomUUID());
    private final ConversationId cake = new ConversationId(UUID.randomUUID());
    private final Set<ConversationId> left = new HashSet<>();
    private final Map<MemberId, Long> received = new HashMap<>();
    private final Unacknowledged unacknowledged =
            new Unacknowledged(me, conversation -> !left.contains(conversation), received::put);

    /// @param author null for an event that is no message
    private void write(long position, ConversationId conversation, long seq, @Nullable AccountId author) {
        ConversationEvent fact = author == null
                ? new TopicChanged(conversation, "Tea", other, Instant.EPOCH)
                : new MessageSent(conversation, MessageId.at(1, UUID.randomUUID()), author, "Hi", Instant.EPOCH);
        unacknowledged.written(Objects.requireNonNull(encoder.encode(new GenericTrackedDomainEventMessage<>(
                new GlobalSequenceTrackingToken(position),
                new GenericDomainEventMessage<>("Conversation", conversation.toString(), seq, fact)))));
    }

    @Test
    void highestOfEachConversationUpToThePositionCounts() {
        for (int i = 0; i < 100; i++) {
            write(10 + i, i % 2 == 0 ? tea : cake, i, other);
        }
        unacknowledged.acknowledged(30);
        assertThat(received)
                .containsOnly(Map.entry(new MemberId(tea, me), 20L), Map.entry(new MemberId(cake, me), 19L));
        received.clear();
        unacknowledged.acknowledged(30);
        assertThat(received).isEmpty();
        unacknowledged.acknowledged(1_000);
        assertThat(received)
                .containsOnly(Map.entry(new MemberId(tea, me), 98L), Map.entry(new MemberId(cake, me), 99L));
        assertThat(unacknowledged.size()).isZero();
    }

    @Test
    void ownMessagesAndOtherEventsDoNotCount() {
        write(1, tea, 1, me);
        write(2, tea, 2, null);
        assertThat(unacknowledged.size()).isZero();
    }

    @Test
    void conversationThatWasLeftDoesNotCount() {
        write(1, tea, 1, other);
        left.add(tea);
        unacknowledged.acknowledged(1);
        assertThat(received).isEmpty();
    }
}
