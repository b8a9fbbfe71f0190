package dev.parley.axonserver.platform;

import io.axoniq.axonserver.grpc.ErrorMessage;
import io.axoniq.axonserver.grpc.InstructionAck;
import io.axoniq.axonserver.grpc.InstructionResult;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// What a client was asked to do and has not answered yet. Each future completes: with the client's answer, when the
/// client is gone, or when its time is up. Thread-safe.
final class Asked {

    private final Map<String, CompletableFuture<Answer>> waiting = new ConcurrentHashMap<>();
    private volatile boolean over;

    /// To be called before the instruction is sent.
    CompletableFuture<Answer> expect(String instructionId, Duration timeout) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        waiting.put(instructionId, answer);
        if (over) {
            answer.complete(Answer.GONE);
        }
        return answer.completeOnTimeout(Answer.SILENT, timeout.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((done, failure) -> waiting.remove(instructionId));
    }

    void answered(InstructionResult result) {
        complete(result.getInstructionId(), result.getSuccess() ? Answer.DONE : refused(result.getError()));
    }

    /// An acknowledgement only says that the instruction has come; its result follows, unless it is unknown there.
    void acknowledged(InstructionAck ack) {
        if (!ack.getSuccess()) {
            complete(ack.getInstructionId(), refused(ack.getError()));
        }
    }

    /// The client is gone.
    void end() {
        over = true;
        waiting.values().forEach(answer -> answer.complete(Answer.GONE));
    }

    private void complete(String instructionId, Answer answer) {
        CompletableFuture<Answer> expected = waiting.get(instructionId);
        if (expected != null) {
            expected.complete(answer);
        }
    }

    private static Answer refused(ErrorMessage error) {
        return new Answer(Answer.Kind.REFUSED, error.getMessage());
    }
}
