package dev.parley.axonserver.query;

import dev.parley.axonserver.protocol.Work;
import io.axoniq.axonserver.grpc.query.QueryProviderInbound;
import org.jspecify.annotations.Nullable;

/// What one handler has to do with a query.
final class QueryShare extends Work<QueryProviderInbound> {

    private final QueryInFlight query;
    private final QueryStream handler;

    /// How many results have come since its credit was renewed. Guarded by the query.
    private int passedOn;

    QueryShare(QueryInFlight query, QueryStream handler, @Nullable QueryProviderInbound credit, long priority) {
        super(query.message(), credit, priority);
        this.query = query;
        this.handler = handler;
    }

    QueryStream handler() {
        return handler;
    }

    void passOn() {
        passedOn++;
    }

    /// How much credit is due, if it is worth a message.
    ///
    /// @param half of the credit that it has in all
    /// @return 0 if it is not
    int creditDue(int half) {
        if (passedOn < half) {
            return 0;
        }
        int due = passedOn;
        passedOn = 0;
        return due;
    }

    @Override
    protected void returned() {
        query.returned(this);
    }

    @Override
    protected void lost() {
        query.lost(this);
    }
}
