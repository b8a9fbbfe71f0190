package dev.parley.axonserver.protocol;

import io.axoniq.axonserver.grpc.ErrorMessage;
import io.axoniq.axonserver.grpc.InstructionAck;
import io.axoniq.axonserver.grpc.ProcessingInstruction;
import io.axoniq.axonserver.grpc.ProcessingKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Reads processing instructions, and acknowledges instructions.
public final class Instructions {

    private Instructions() {}

    public static InstructionAck done(String instructionId) {
        return InstructionAck.newBuilder()
                .setInstructionId(instructionId)
                .setSuccess(true)
                .build();
    }

    public static InstructionAck refused(String instructionId, String why) {
        return refused(instructionId, ErrorCode.UNSUPPORTED_INSTRUCTION.message(why));
    }

    public static InstructionAck refused(String instructionId, ErrorMessage why) {
        return InstructionAck.newBuilder()
                .setInstructionId(instructionId)
                .setError(why)
                .build();
    }

    public static String text(List<ProcessingInstruction> instructions, ProcessingKey key, String otherwise) {
        for (ProcessingInstruction instruction : instructions) {
            if (instruction.getKey() == key) {
                return instruction.getValue().getTextValue();
            }
        }
        return otherwise;
    }

    public static long number(List<ProcessingInstruction> instructions, ProcessingKey key, long otherwise) {
        for (ProcessingInstruction instruction : instructions) {
            if (instruction.getKey() == key) {
                return instruction.getValue().getNumberValue();
            }
        }
        return otherwise;
    }

    /// How long a message may take, in nanoseconds: what it says itself, or the default.
    public static long timeout(List<ProcessingInstruction> instructions, Duration otherwise) {
        long millis = number(instructions, ProcessingKey.TIMEOUT, otherwise.toMillis());
        return TimeUnit.MILLISECONDS.toNanos(Math.max(0, millis));
    }

    public static boolean flag(List<ProcessingInstruction> instructions, ProcessingKey key) {
        for (ProcessingInstruction instruction : instructions) {
            if (instruction.getKey() == key) {
                return instruction.getValue().getBooleanValue();
            }
        }
        return false;
    }
}
