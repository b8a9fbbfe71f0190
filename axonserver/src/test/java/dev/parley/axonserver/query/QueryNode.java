package dev.parley.axonserver.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.axonserver.protocol.Meters;
import dev.parley.axonserver.protocol.RecordedCall;
import dev.parley.axonserver.protocol.RoutingProperties;
import io.axoniq.axonserver.grpc.FlowControl;
import io.axoniq.axonserver.grpc.MetaDataValue;
import io.axoniq.axonserver.grpc.ProcessingInstruction;
import io.axoniq.axonserver.grpc.ProcessingKey;
import io.axoniq.axonserver.grpc.query.QueryComplete;
import io.axoniq.axonserver.grpc.query.QueryProviderInbound;
import io.axoniq.axonserver.grpc.query.QueryProviderOutbound;
import io.axoniq.axonserver.grpc.query.QueryRequest;
import io.axoniq.axonserver.grpc.query.QueryResponse;
import io.axoniq.axonserver.grpc.query.QuerySubscription;
import io.axoniq.axonserver.grpc.query.SubscriptionQueryResponse;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;

/// The query part of a node, and clients of it, without a network.
final class QueryNode {

    static final int CREDIT = 10;
    static final int QUEUED_UPDATES = 5;
    static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final QueryRouter router = new QueryRouter(
            new RoutingProperties(100, 100, TIMEOUT, TIMEOUT, QUEUED_UPDATES, CREDIT), new Meters(registry, "default"));

    /// A client that handles queries.
    record Client(String id, RecordedCall<QueryProviderInbound> call, QueryStream stream) {

        Client handles(String name) {
            stream.onNext(QueryProviderOutbound.newBuilder()
                    .setSubscribe(QuerySubscription.newBuilder().setQuery(name).setClientId(id))
                    .build());
            return this;
        }

        void answers(String request) {
            stream.onNext(QueryProviderOutbound.newBuilder()
                    .setQueryResponse(QueryResponse.newBuilder().setRequestIdentifier(request))
                    .build());
        }

        void completes(String request) {
            stream.onNext(QueryProviderOutbound.newBuilder()
                    .setQueryComplete(QueryComplete.newBuilder().setRequestId(request))
                    .build());
        }

        void responds(SubscriptionQueryResponse response) {
            stream.onNext(QueryProviderOutbound.newBuilder()
                    .setSubscriptionQueryResponse(response)
                    .build());
        }

        List<String> queries() {
            return call.sent().stream()
                    .filter(QueryProviderInbound::hasQuery)
                    .map(message -> message.getQuery().getMessageIdentifier())
                    .toList();
        }

        long credit() {
            return call.sent().stream()
                    .mapToLong(message -> message.getQueryFlowControl().getPermits())
                    .sum();
        }
    }

    QueryRouter router() {
        return router;
    }

    Client client(String id, long permits) {
        RecordedCall<QueryProviderInbound> call = new RecordedCall<>();
        QueryStream stream = router.handlers().opened(new QueryStream(router, call));
        stream.onNext(QueryProviderOutbound.newBuilder()
                .setFlowControl(FlowControl.newBuilder().setClientId(id).setPermits(permits))
                .build());
        return new Client(id, call, stream);
    }

    static QueryRequest query(String id, long results, long priority) {
        return QueryRequest.newBuilder()
                .setMessageIdentifier(id)
                .setQuery("Find")
                .addProcessingInstructions(instruction(ProcessingKey.NR_OF_RESULTS, results))
                .addProcessingInstructions(instruction(ProcessingKey.PRIORITY, priority))
                .build();
    }

    RecordedCall<QueryResponse> ask(String id, long results, long priority) {
        RecordedCall<QueryResponse> reply = new RecordedCall<>();
        router.dispatch(query(id, results, priority), reply);
        return reply;
    }

    RecordedCall<QueryResponse> stream(String id) {
        RecordedCall<QueryResponse> reply = new RecordedCall<>();
        QueryRequest request = query(id, 1, 0).toBuilder()
                .addProcessingInstructions(ProcessingInstruction.newBuilder()
                        .setKey(ProcessingKey.CLIENT_SUPPORTS_STREAMING)
                        .setValue(MetaDataValue.newBuilder().setBooleanValue(true)))
                .build();
        router.dispatch(request, reply);
        return reply;
    }

    /// The error codes of all results of a query that has ended; empty for those that are no errors.
    static List<String> codes(RecordedCall<QueryResponse> reply) {
        assertThat(reply.isCompleted()).isTrue();
        return reply.sent().stream().map(QueryResponse::getErrorCode).toList();
    }

    double inFlight() {
        return registry.get("parley.axonserver.queries.inflight").gauge().value();
    }

    private static ProcessingInstruction instruction(ProcessingKey key, long value) {
        return ProcessingInstruction.newBuilder()
                .setKey(key)
                .setValue(MetaDataValue.newBuilder().setNumberValue(value))
                .build();
    }
}
