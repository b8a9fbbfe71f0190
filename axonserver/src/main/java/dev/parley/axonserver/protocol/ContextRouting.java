package dev.parley.axonserver.protocol;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Leads each call to the services of the context it is for, and refuses calls for contexts that the node does not
/// hold. The connector names the context in the header `AxonIQ-Context`; a call without it means `default`.
///
/// The server knows the methods of one context's services; those of the others differ in their handlers only.
public final class ContextRouting implements ServerInterceptor {

    /// The context of calls that name none.
    public static final String DEFAULT_CONTEXT = "default";

    /// Where a call says which context it is for.
    public static final Metadata.Key<String> HEADER =
            Metadata.Key.of("AxonIQ-Context", Metadata.ASCII_STRING_MARSHALLER);

    private final Map<String, Map<String, ServerMethodDefinition<?, ?>>> methods = new HashMap<>();

    /// @param services of each context, all of them with the same methods
    public ContextRouting(Map<String, List<ServerServiceDefinition>> services) {
        services.forEach((context, offered) -> {
            Map<String, ServerMethodDefinition<?, ?>> byName = new HashMap<>();
            for (ServerServiceDefinition service : offered) {
                service.getMethods()
                        .forEach(method ->
                                byName.put(method.getMethodDescriptor().getFullMethodName(), method));
            }
            methods.put(context, Map.copyOf(byName));
        });
    }

    /// The context that a call names.
    public static String context(Metadata headers) {
        String named = headers.get(HEADER);
        return named == null || named.isEmpty() ? DEFAULT_CONTEXT : named;
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        String context = context(headers);
        Map<String, ServerMethodDefinition<?, ?>> offered = methods.get(context);
        if (offered == null) {
            return refuse(call, ErrorCode.CONTEXT_NOT_FOUND.failure("This node has no context \"" + context + "\""));
        }
        ServerMethodDefinition<?, ?> method =
                offered.get(call.getMethodDescriptor().getFullMethodName());
        return method == null ? next.startCall(call, headers) : start(method, call, headers);
    }

    /// Ends a call before it has begun.
    public static <Q, R> ServerCall.Listener<Q> refuse(ServerCall<Q, R> call, StatusRuntimeException failure) {
        Metadata trailers = failure.getTrailers();
        call.close(failure.getStatus(), trailers == null ? new Metadata() : trailers);
        return new ServerCall.Listener<>() {};
    }

    /// Two definitions of one method of one service take and give the same messages.
    @SuppressWarnings("unchecked")
    private static <Q, R> ServerCall.Listener<Q> start(
            ServerMethodDefinition<?, ?> method, ServerCall<Q, R> call, Metadata headers) {
        return ((ServerMethodDefinition<Q, R>) method).getServerCallHandler().startCall(call, headers);
    }
}
