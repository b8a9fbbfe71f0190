package dev.parley.axonserver.access;

import dev.parley.axonserver.protocol.ContextRouting;
import dev.parley.axonserver.protocol.ErrorCode;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

/// Lets a call through if its token, in the header `AxonIQ-Access-Token`, may use the context that it names. To be put
/// before [ContextRouting], so that strangers do not learn which contexts there are.
///
/// Refusals are what a real Axon Server answers: PERMISSION_DENIED with `AXONIQ-1000` (no token) or `AXONIQ-1001`.
public final class AccessControl implements ServerInterceptor {

    /// Where a call shows its token, over gRPC and HTTP.
    public static final String HEADER = "AxonIQ-Access-Token";

    private static final Metadata.Key<String> KEY = Metadata.Key.of(HEADER, Metadata.ASCII_STRING_MARSHALLER);

    private final AccessTokens tokens;
    private final Counter refused;

    public AccessControl(AccessTokens tokens, MeterRegistry registry) {
        this.tokens = tokens;
        refused = Counter.builder("parley.axonserver.access.refused")
                .description("Calls without a token that allows them")
                .register(registry);
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        StatusRuntimeException refusal = refusal(headers);
        if (refusal == null) {
            return next.startCall(call, headers);
        }
        refused.increment();
        return ContextRouting.refuse(call, refusal);
    }

    private @Nullable StatusRuntimeException refusal(Metadata headers) {
        String token = headers.get(KEY);
        if (token == null || token.isEmpty()) {
            return ErrorCode.TOKEN_MISSING.failure("This node wants an access token, in the header " + HEADER);
        }
        AccessTokens.Grant grant = tokens.find(token);
        if (grant == null) {
            return ErrorCode.TOKEN_INVALID.failure("Nobody holds this access token");
        }
        String context = ContextRouting.context(headers);
        return grant.allows(context)
                ? null
                : ErrorCode.TOKEN_INVALID.failure("This access token is not for the context \"" + context + "\"");
    }
}
