package dev.parley.axonserver.eventquery;

import io.axoniq.axonserver.grpc.event.QueryEventsRequest;
import io.grpc.stub.StreamObserver;

/// The client's side of a query: its first request says what to look for, the others bring permits.
final class QueryCall implements StreamObserver<QueryEventsRequest> {

    private final EventQueries queries;
    private final Outlet outlet;
    private final Budget budget;
    private boolean started;

    QueryCall(EventQueries queries, Outlet outlet, Budget budget) {
        this.queries = queries;
        this.outlet = outlet;
        this.budget = budget;
    }

    @Override
    public void onNext(QueryEventsRequest request) {
        outlet.grant(request.getNumberOfPermits());
        if (!started) {
            started = true;
            queries.start(request, outlet, budget);
        }
    }

    @Override
    public void onError(Throwable t) {
        outlet.clientGone();
    }

    @Override
    public void onCompleted() {
        if (started) {
            outlet.finish();
        } else {
            outlet.close(null);
        }
    }
}
