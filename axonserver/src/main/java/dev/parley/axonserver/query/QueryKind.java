package dev.parley.axonserver.query;

import dev.parley.axonserver.protocol.Instructions;
import io.axoniq.axonserver.grpc.MetaDataValue;
import io.axoniq.axonserver.grpc.ProcessingInstruction;
import io.axoniq.axonserver.grpc.ProcessingKey;
import io.axoniq.axonserver.grpc.query.QueryRequest;

/// How a query wants to be answered, from its processing instructions.
///
/// @param scatter by one handler of each component rather than one of all: it asks for other than one result
/// @param streaming result by result, as fast as it takes them
/// @param credit how many results a handler of a streaming query may be ahead
record QueryKind(boolean scatter, boolean streaming, int credit) {

    static QueryKind of(QueryRequest request, int credit) {
        long results = Instructions.number(request.getProcessingInstructionsList(), ProcessingKey.NR_OF_RESULTS, 1);
        boolean streaming =
                Instructions.flag(request.getProcessingInstructionsList(), ProcessingKey.CLIENT_SUPPORTS_STREAMING);
        return new QueryKind(results != 1, streaming, credit);
    }

    /// Whether the first result is the last.
    boolean single() {
        return !scatter && !streaming;
    }

    /// The request as handlers get it: a streaming one says that this node passes their flow control on.
    QueryRequest forHandlers(QueryRequest request) {
        if (!streaming) {
            return request;
        }
        return request.toBuilder()
                .addProcessingInstructions(ProcessingInstruction.newBuilder()
                        .setKey(ProcessingKey.SERVER_SUPPORTS_STREAMING)
                        .setValue(MetaDataValue.newBuilder().setBooleanValue(true)))
                .build();
    }
}
