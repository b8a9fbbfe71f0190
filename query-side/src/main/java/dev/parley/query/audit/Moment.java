package dev.parley.query.audit;

import java.time.Instant;
import java.util.Map;
import org.axonframework.eventhandling.DomainEventMessage;

/// A place in the log, as the streams of one conversation and its members see it: which of their facts were stored up
/// to it. A stream itself does not tell the positions of its facts.
///
/// @param position the place
/// @param newest of each stream that has facts just before the place, the last one up to it: exact whatever clocks say
/// @param quiet of the other streams, facts that were stored before this time were stored before the place, and the
///     rest after it
record Moment(long position, Map<String, Long> newest, Instant quiet) {

    boolean holds(DomainEventMessage<?> fact) {
        Long last = newest.get(fact.getAggregateIdentifier());
        return last == null ? fact.getTimestamp().isBefore(quiet) : fact.getSequenceNumber() <= last;
    }
}
