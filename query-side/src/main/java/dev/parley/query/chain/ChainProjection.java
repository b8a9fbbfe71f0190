package dev.parley.query.chain;

import dev.parley.query.QuerySideConfiguration;
import dev.parley.query.audit.EventLines;
import dev.parley.query.batch.Batch;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.springframework.stereotype.Component;

/// Every fact to the chain, those whose class is unknown among them: only its line is looked at. Clearing the
/// application is a fact as any other here. The processor has one segment, as there is one order.
@Component
@ProcessingGroup(QuerySideConfiguration.CHAIN)
class ChainProjection {

    private final EventLines lines;
    private final Batch<Link> batch;

    ChainProjection(EventLines lines, Chain chain) {
        this.lines = lines;
        this.batch = new Batch<>("chain.links", chain::add);
    }

    @EventHandler
    void on(EventMessage<?> message, TrackingToken token) {
        long position = token.position().getAsLong();
        batch.add(new Link(position, Digest.leaf(lines.of(message, position).text())));
    }
}
