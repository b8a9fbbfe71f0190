package dev.parley.axonserver.protocol;

import io.axoniq.axonserver.grpc.ErrorMessage;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/// What can go wrong, in the codes that Axon's connector knows (its `ErrorCategory`, and Axon Framework's `ErrorCode`).
///
/// A call fails with a gRPC status whose trailer `AxonIQ-ErrorCode` carries the code. Failures of commands and
/// queries are normal responses that carry it in their body.
public enum ErrorCode {
    /// The call shows no access token, and the node wants one.
    TOKEN_MISSING("AXONIQ-1000", Status.Code.PERMISSION_DENIED),
    /// Nobody holds the access token, or it is not for the context.
    TOKEN_INVALID("AXONIQ-1001", Status.Code.PERMISSION_DENIED),
    /// The instruction is of a kind that this node does not know.
    UNSUPPORTED_INSTRUCTION("AXONIQ-1002", Status.Code.UNIMPLEMENTED),
    /// The instruction asks for something that this node refuses.
    INSTRUCTION_REFUSED("AXONIQ-1003", Status.Code.INVALID_ARGUMENT),
    /// No such context. Nothing to retry.
    CONTEXT_NOT_FOUND("AXONIQ-1302", Status.Code.NOT_FOUND),
    /// The node cannot hold more at the moment. Retry later; nothing of the call was stored.
    TOO_MANY_REQUESTS("AXONIQ-1900", Status.Code.RESOURCE_EXHAUSTED),
    /// The sequence number is not the next one of its aggregate: somebody else was faster, or there is a gap.
    INVALID_EVENT_SEQUENCE("AXONIQ-2000", Status.Code.OUT_OF_RANGE),
    /// The transaction is larger than the node takes.
    EVENT_PAYLOAD_TOO_LARGE("AXONIQ-2001", Status.Code.RESOURCE_EXHAUSTED),
    /// The event query would keep more than it may.
    QUERY_TOO_LARGE("AXONIQ-2002", Status.Code.RESOURCE_EXHAUSTED),
    /// The event query is none, or cannot be computed. The message says where.
    INVALID_QUERY("AXONIQ-2511", Status.Code.INVALID_ARGUMENT),
    /// The store cannot write now. Retry later; the message says whether the outcome is known.
    STORE_UNAVAILABLE("AXONIQ-2100", Status.Code.UNAVAILABLE),
    NO_HANDLER_FOR_COMMAND("AXONIQ-4000", Status.Code.NOT_FOUND),
    /// The handler's connection ended before it answered: the command may or may not have been handled.
    COMMAND_HANDLER_LOST("AXONIQ-4001", Status.Code.UNAVAILABLE),
    /// The command could not be handed over, or was not answered in time.
    COMMAND_DISPATCH("AXONIQ-4003", Status.Code.UNAVAILABLE),
    NO_HANDLER_FOR_QUERY("AXONIQ-5000", Status.Code.NOT_FOUND),
    /// The query could not be handed over, was not answered in time, or its handler was lost.
    QUERY_DISPATCH("AXONIQ-5002", Status.Code.UNAVAILABLE),
    /// The event query took too long.
    QUERY_TIMEOUT("AXONIQ-5006", Status.Code.DEADLINE_EXCEEDED),
    /// Stored events could not be read.
    READ_FAILED("AXONIQ-9000", Status.Code.UNAVAILABLE),
    /// The event breaks a rule of the store, such as an identifier that is already taken.
    VALIDATION_FAILED("AXONIQ-9200", Status.Code.INVALID_ARGUMENT),
    /// The store did not take the transaction; nothing of it was stored.
    TRANSACTION_ROLLED_BACK("AXONIQ-9900", Status.Code.ABORTED);

    /// The trailer that the connector reads.
    public static final Metadata.Key<String> TRAILER =
            Metadata.Key.of("AxonIQ-ErrorCode", Metadata.ASCII_STRING_MARSHALLER);

    private static final String LOCATION = "axonserver";

    private final String code;
    private final Status.Code status;

    ErrorCode(String code, Status.Code status) {
        this.code = code;
        this.status = status;
    }

    public String code() {
        return code;
    }

    /// The failure of a call, whose description begins with the code in brackets, as that of a real Axon Server does:
    /// what crosses the command bus is the text only. It has no stack trace worth reading: it is made for the wire.
    public StatusRuntimeException failure(String message) {
        Metadata trailers = new Metadata();
        trailers.put(TRAILER, code);
        return status.toStatus().withDescription("[" + code + "] " + message).asRuntimeException(trailers);
    }

    /// The body of a response that reports a failure.
    public ErrorMessage message(String text) {
        return ErrorMessage.newBuilder()
                .setErrorCode(code)
                .setLocation(LOCATION)
                .setMessage(text)
                .build();
    }
}
