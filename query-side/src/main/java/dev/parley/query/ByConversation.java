package dev.parley.query;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.async.SequencingPolicy;

/// Keeps the facts of a conversation and those of its members in one sequence, also where a processor is split into
/// segments: a read mark beyond the newest message means the newest at its place in the log. The stream of a member is
/// named after the conversation ([MemberId]), so that no payload is read to tell.
final class ByConversation implements SequencingPolicy<EventMessage<?>> {

    @Override
    public Object getSequenceIdentifierFor(EventMessage<?> event) {
        if (!(event instanceof DomainEventMessage<?> domain)) {
            return event.getIdentifier();
        }
        String stream = domain.getAggregateIdentifier();
        int end = stream.indexOf('.');
        return end < 0 ? stream : stream.substring(0, end);
    }
}
