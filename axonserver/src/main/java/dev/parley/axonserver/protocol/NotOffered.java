package dev.parley.axonserver.protocol;

import io.grpc.HandlerRegistry;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Answers every call to a service of Axon Server that this node does not have with UNIMPLEMENTED and a sentence.
public final class NotOffered extends HandlerRegistry {

    private static final String PACKAGE = "io.axoniq.axonserver.grpc.";

    private static final Map<String, String> NAMES = Map.of(
            "streams.PersistentStreamService", "Persistent streams are",
            "event.dcb.DcbEventStore", "The event store with dynamic consistency boundaries is",
            "event.EventTransformationService", "Event transformation is");

    private static final MethodDescriptor.Marshaller<byte[]> IGNORED = new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            return new byte[0];
        }
    };

    /// The status for something that is not offered.
    ///
    /// @param what subject and verb, such as "Persistent streams are"
    public static Status status(String what) {
        return Status.UNIMPLEMENTED.withDescription(
                what + " not offered by this node; connect to a real Axon Server for it");
    }

    @Override
    public @Nullable ServerMethodDefinition<?, ?> lookupMethod(String methodName, @Nullable String authority) {
        String service = MethodDescriptor.extractFullServiceName(methodName);
        if (service == null || !service.startsWith(PACKAGE)) {
            return null;
        }
        String name = service.substring(PACKAGE.length());
        Status status = status(NAMES.getOrDefault(name, "The service " + name + " is"));
        MethodDescriptor<byte[], byte[]> method = MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(MethodDescriptor.MethodType.UNKNOWN)
                .setFullMethodName(methodName)
                .setRequestMarshaller(IGNORED)
                .setResponseMarshaller(IGNORED)
                .build();
        ServerCallHandler<byte[], byte[]> refusal = (call, headers) -> {
            Metadata trailers = new Metadata();
            trailers.put(ErrorCode.TRAILER, ErrorCode.UNSUPPORTED_INSTRUCTION.code());
            call.close(status, trailers);
            return new ServerCall.Listener<>() {};
        };
        return ServerMethodDefinition.create(method, refusal);
    }
}
