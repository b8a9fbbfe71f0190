package dev.parley.axonserver.protocol;

import io.axoniq.axonserver.grpc.InstructionAck;
import io.axoniq.axonserver.grpc.ProcessingInstruction;
import io.axoniq.axonserver.grpc.ProcessingKey;
import java.util.List;

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
        return InstructionAck.newBuilder()
                .setInstructionId(instructionId)
                .setError(ErrorCode.UNSUPPORTED_INSTRUCTION.message(why))
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

    public static boolean flag(List<ProcessingInstruction> instructions, ProcessingKey key) {
        for (ProcessingInstruction instruction : instructions) {
            if (instruction.getKey() == key) {
                return instruction.getValue().getBooleanValue();
            }
        }
        return false;
    }
}
