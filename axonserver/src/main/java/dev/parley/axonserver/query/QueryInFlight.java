package dev.parley.axonserver.query;

import dev.parley.axonserver.protocol.ErrorCode;
import dev.parley.axonserver.protocol.Instructions;
import dev.parley.axonserver.protocol.Offer;
import io.axoniq.axonserver.grpc.ProcessingKey;
import io.axoniq.axonserver.grpc.query.QueryFlowControl;
import io.axoniq.axonserver.grpc.query.QueryProviderInbound;
import io.axoniq.axonserver.grpc.query.QueryReference;
import io.axoniq.axonserver.grpc.query.QueryRequest;
import io.axoniq.axonserver.grpc.query.QueryResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/// A query between the one who asked and those who answer. It ends once: when everybody it was sent to has completed,
/// when a single result was all that was wanted, with an error, or when the one who asked has gone. Thread-safe.
///
/// For a streaming query each handler gets credit for some results at a time, and more only while the one who asked
/// keeps up; so a slow consumer slows the handlers down instead of filling the node.
final class QueryInFlight {

    private final QueryRouter router;
    private final QueryRequest request;
    private final QueryProviderInbound message;
    private final ServerCallStreamObserver<QueryResponse> reply;
    private final QueryKind kind;
    private final long start = System.nanoTime();
    private final long timeout;
    private final long priority;
    private final ReentrantLock lock = new ReentrantLock();
    /// Those who have not completed.
    private final Map<QueryStream, QueryShare> shares = new HashMap<>();

    private boolean ended;

    /// @param timeout how many nanoseconds it may take
    QueryInFlight(
            QueryRouter router,
            QueryRequest request,
            QueryKind kind,
            long timeout,
            ServerCallStreamObserver<QueryResponse> reply) {
        this.router = router;
        this.request = request;
        this.kind = kind;
        this.timeout = timeout;
        this.reply = reply;
        priority = Instructions.number(request.getProcessingInstructionsList(), ProcessingKey.PRIORITY, 0);
        message = QueryProviderInbound.newBuilder()
                .setQuery(kind.forHandlers(request))
                .build();
    }

    String id() {
        return request.getMessageIdentifier();
    }

    QueryRequest request() {
        return request;
    }

    QueryProviderInbound message() {
        return message;
    }

    QueryKind kind() {
        return kind;
    }

    long start() {
        return start;
    }

    boolean isOverdue(long now) {
        return now - start >= timeout;
    }

    /// Hands the query over. Nothing is completed before all handlers of a group were asked.
    ///
    /// @return TAKEN if one of them took it, or else FULL if one of them might have
    Offer ask(List<QueryStream> handlers) {
        lock.lock();
        try {
            if (ended) {
                return Offer.TAKEN;
            }
            Offer best = Offer.CLOSED;
            for (QueryStream handler : handlers) {
                QueryShare share =
                        new QueryShare(this, handler, kind.streaming() ? credit(kind.credit()) : null, priority);
                shares.put(handler, share);
                Offer offer = handler.offer(share);
                if (offer != Offer.TAKEN) {
                    shares.remove(handler);
                }
                best = offer.compareTo(best) < 0 ? offer : best;
            }
            return best;
        } finally {
            lock.unlock();
        }
    }

    void answered(QueryStream handler, QueryResponse response) {
        lock.lock();
        try {
            QueryShare share = shares.get(handler);
            if (share == null) {
                return;
            }
            reply.onNext(response);
            if (kind.single()) {
                remove(share);
            } else {
                share.passOn();
                renewCredit();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Gives handlers credit for what has been passed on, if the one who asked keeps up. Also called when it does
    /// again.
    void renewCredit() {
        lock.lock();
        try {
            if (!kind.streaming() || !reply.isReady()) {
                return;
            }
            for (QueryShare share : shares.values()) {
                int due = share.creditDue(kind.credit() / 2);
                if (due > 0) {
                    share.handler().sender().control(credit(due));
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /// A handler has nothing more to say. It may say so more than once.
    void completed(QueryStream handler) {
        lock.lock();
        try {
            QueryShare share = shares.get(handler);
            if (share != null) {
                remove(share);
            }
        } finally {
            lock.unlock();
        }
    }

    /// A handler has gone before it got the query: another one is asked, unless others were asked anyway.
    void returned(QueryShare share) {
        boolean again;
        lock.lock();
        try {
            again = !kind.scatter() && shares.remove(share.handler(), share);
            if (!again) {
                remove(share);
            }
        } finally {
            lock.unlock();
        }
        if (again) {
            router.route(this);
        }
    }

    /// A handler has gone before it completed: the one who asked hears of it.
    void lost(QueryShare share) {
        lock.lock();
        try {
            if (share.equals(shares.get(share.handler()))) {
                String why = "Connection lost while executing query on: "
                        + share.handler().clientId();
                reply.onNext(error(request, ErrorCode.QUERY_DISPATCH, why));
                remove(share);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Ends the query with an error for the one who asked.
    void fail(ErrorCode code, String why) {
        lock.lock();
        try {
            if (!ended) {
                reply.onNext(error(request, code, why));
                end();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Ends the query without one.
    void cancel() {
        lock.lock();
        try {
            end();
        } finally {
            lock.unlock();
        }
    }

    static QueryResponse error(QueryRequest request, ErrorCode code, String why) {
        return QueryResponse.newBuilder()
                .setMessageIdentifier(UUID.randomUUID().toString())
                .setRequestIdentifier(request.getMessageIdentifier())
                .setErrorCode(code.code())
                .setErrorMessage(code.message(why))
                .build();
    }

    private void remove(QueryShare share) {
        if (shares.remove(share.handler(), share)) {
            share.handler().done(share);
            if (shares.isEmpty()) {
                end();
            }
        }
    }

    /// Those who have not completed are told to stop.
    private void end() {
        if (ended) {
            return;
        }
        ended = true;
        shares.values().forEach(this::stop);
        shares.clear();
        if (!reply.isCancelled()) {
            reply.onCompleted();
        }
        router.ended(this);
    }

    private void stop(QueryShare share) {
        if (!share.handler().withdraw(share)) {
            share.handler()
                    .sender()
                    .control(QueryProviderInbound.newBuilder()
                            .setQueryCancel(QueryReference.newBuilder().setRequestId(id()))
                            .build());
        }
    }

    private QueryProviderInbound credit(int results) {
        return QueryProviderInbound.newBuilder()
                .setQueryFlowControl(QueryFlowControl.newBuilder()
                        .setQueryReference(QueryReference.newBuilder().setRequestId(id()))
                        .setPermits(results))
                .build();
    }
}
