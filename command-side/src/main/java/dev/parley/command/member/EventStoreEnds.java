package dev.parley.command.member;

import dev.parley.messages.ConversationId;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.stereotype.Component;

/// Asks the event store.
@Component
class EventStoreEnds implements ConversationEnds {

    private final EventStore eventStore;

    EventStoreEnds(EventStore eventStore) {
        this.eventStore = eventStore;
    }

    @Override
    public long last(ConversationId conversation) {
        return eventStore.lastSequenceNumberFor(conversation.toString()).orElse(-1L);
    }
}
