package dev.parley.axonserver.query;

import dev.parley.axonserver.protocol.ErrorCode;
import io.axoniq.axonserver.grpc.query.QueryFlowControl;
import io.axoniq.axonserver.grpc.query.QueryProviderInbound;
import io.axoniq.axonserver.grpc.query.QueryReference;
import io.axoniq.axonserver.grpc.query.QueryRequest;
import io.axoniq.axonserver.grpc.query.QueryResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayList;
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

    private final QueryRequest request;
    private final QueryProviderInbound message;
    private final ServerCallStreamObserver<QueryResponse> reply;
    private final QueryKind kind;
    private final long deadline;
    private final ReentrantLock lock = new ReentrantLock();
    /// Who still answers, and for how many results more than have come its credit must be renewed.
    private final Map<QueryStream, Integer> outstanding = new HashMap<>();

    private boolean ended;

    /// @param deadline as in [System#nanoTime()]
    QueryInFlight(QueryRequest request, QueryKind kind, long deadline, ServerCallStreamObserver<QueryResponse> reply) {
        this.request = request;
        this.kind = kind;
        this.deadline = deadline;
        this.reply = reply;
        this.message = QueryProviderInbound.newBuilder()
                .setQuery(kind.forHandlers(request))
                .build();
    }

    String id() {
        return request.getMessageIdentifier();
    }

    QueryRequest request() {
        return request;
    }

    QueryKind kind() {
        return kind;
    }

    boolean isOverdue(long now) {
        return deadline - now <= 0;
    }

    /// Hands the query over. Nothing is completed before all handlers of a group were asked.
    ///
    /// @return whether one of them took it
    boolean ask(List<QueryStream> handlers) {
        boolean asked = false;
        lock.lock();
        try {
            handlers.forEach(handler -> outstanding.put(handler, 0));
            for (QueryStream handler : handlers) {
                boolean taken = kind.streaming()
                        ? handler.sender().offer(message, credit(kind.credit()))
                        : handler.sender().offer(message);
                if (!taken) {
                    outstanding.remove(handler);
                }
                asked |= taken;
            }
        } finally {
            lock.unlock();
        }
        return asked;
    }

    /// @return whether the query has ended with this
    boolean answered(QueryStream handler, QueryResponse response) {
        lock.lock();
        try {
            if (ended || !outstanding.containsKey(handler)) {
                return ended;
            }
            reply.onNext(response);
            if (kind.single()) {
                outstanding.clear();
                return end();
            }
            outstanding.merge(handler, 1, Integer::sum);
            renewCredit();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /// Gives handlers credit for what has been passed on, if the one who asked keeps up. Also called when it does
    /// again.
    void renewCredit() {
        lock.lock();
        try {
            if (ended || !kind.streaming() || !reply.isReady()) {
                return;
            }
            outstanding.replaceAll((handler, passedOn) -> {
                if (passedOn < kind.credit() / 2) {
                    return passedOn;
                }
                handler.sender().control(credit(passedOn));
                return 0;
            });
        } finally {
            lock.unlock();
        }
    }

    /// A handler has nothing more to say. It may say so more than once.
    ///
    /// @return whether the query has ended
    boolean completed(QueryStream handler) {
        lock.lock();
        try {
            outstanding.remove(handler);
            return ended || (outstanding.isEmpty() && end());
        } finally {
            lock.unlock();
        }
    }

    /// A handler is gone: if it had not completed, the one who asked hears of it.
    ///
    /// @return whether the query has ended
    boolean lost(QueryStream handler) {
        lock.lock();
        try {
            if (!ended && outstanding.containsKey(handler)) {
                reply.onNext(error(request, ErrorCode.QUERY_DISPATCH, "The handler's connection was lost"));
            }
            return completed(handler);
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

    /// Ends the query and tells those who still answer to stop.
    void cancel() {
        List<QueryStream> answering;
        lock.lock();
        try {
            answering = new ArrayList<>(outstanding.keySet());
            outstanding.clear();
            end();
        } finally {
            lock.unlock();
        }
        QueryProviderInbound cancel = QueryProviderInbound.newBuilder()
                .setQueryCancel(QueryReference.newBuilder().setRequestId(id()))
                .build();
        for (QueryStream handler : answering) {
            if (!handler.sender().withdraw(message)) {
                handler.sender().control(cancel);
            }
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

    private boolean end() {
        if (!ended) {
            ended = true;
            if (!reply.isCancelled()) {
                reply.onCompleted();
            }
        }
        return true;
    }

    private QueryProviderInbound credit(int results) {
        return QueryProviderInbound.newBuilder()
                .setQueryFlowControl(QueryFlowControl.newBuilder()
                        .setQueryReference(QueryReference.newBuilder().setRequestId(id()))
                        .setPermits(results))
                .build();
    }
}
