package dev.parley.axonserver.protocol;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;

/// Refuses calls for a context that the node does not hold. The connector names it in the header `AxonIQ-Context`;
/// a call without the header means `default`.
public final class ContextInterceptor implements ServerInterceptor {

    /// The one context of this node.
    public static final String DEFAULT_CONTEXT = "default";

    private static final Metadata.Key<String> HEADER =
            Metadata.Key.of("AxonIQ-Context", Metadata.ASCII_STRING_MARSHALLER);

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        String context = headers.get(HEADER);
        if (context == null || context.isEmpty() || context.equals(DEFAULT_CONTEXT)) {
            return next.startCall(call, headers);
        }
        StatusRuntimeException failure = ErrorCode.CONTEXT_NOT_FOUND.failure(
                "This node has no context \"" + context + "\"; it holds only \"" + DEFAULT_CONTEXT + "\"");
        Metadata trailers = failure.getTrailers();
        call.close(failure.getStatus(), trailers == null ? new Metadata() : trailers);
        return new ServerCall.Listener<>() {};
    }
}
