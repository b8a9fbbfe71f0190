package dev.parley.command.conversation;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// How much a conversation and a message hold: the configuration under `parley.command-side.limits.conversation`. What
/// is over a limit is refused with the code named here. Lowering one leaves what is there as it is.
///
/// @param body of a message, in UTF-8, at most 1 MB; `too-large`
/// @param members of a conversation; `conversation-full`
/// @param title in characters; `invalid`
/// @param topic in characters; `invalid`
/// @param mentions in a message; `invalid`
/// @param attachments of a message; `invalid`
/// @param reaction the text of one, in UTF-8, at most 1 KB; `invalid`
/// @param reactionKinds different reactions to a message; `too-many-reactions`
/// @param reactionsKept to all the recent messages of a conversation together: in memory some 100 bytes
///     each, in a snapshot 39; `too-many-reactions`
/// @param reactionTextKept the texts of these in UTF-8, of each message each kind once, at most 512 KB:
///     in a snapshot up to twice as much. With the members and the recent messages it keeps a snapshot
///     within 4 MB, the largest message to the event store; `too-many-reactions`
public record ConversationLimits(
        @DefaultValue("16KB") @NotNull DataSize body,
        @DefaultValue("20000") @Min(2) @Max(20_000) int members,
        @DefaultValue("200") @Min(1) @Max(1_000) int title,
        @DefaultValue("1000") @Min(1) @Max(10_000) int topic,
        @DefaultValue("50") @Min(0) @Max(1_000) int mentions,
        @DefaultValue("10") @Min(0) @Max(100) int attachments,
        @DefaultValue("64B") @NotNull DataSize reaction,
        @DefaultValue("20") @Min(1) @Max(100) int reactionKinds,
        @DefaultValue("25000") @Min(1) @Max(25_000) int reactionsKept,
        @DefaultValue("512KB") @NotNull DataSize reactionTextKept) {

    @AssertTrue(message = "body is 1 byte to 1 MB")
    boolean isBodyInBounds() {
        return within(body, DataSize.ofMegabytes(1));
    }

    @AssertTrue(message = "reaction is 1 byte to 1 KB")
    boolean isReactionInBounds() {
        return within(reaction, DataSize.ofKilobytes(1));
    }

    @AssertTrue(message = "reaction-text-kept is 1 byte to 512 KB")
    boolean isReactionTextKeptInBounds() {
        return within(reactionTextKept, DataSize.ofKilobytes(512));
    }

    /// Whether a text of so many bytes is a body.
    boolean isBody(int bytes) {
        return bytes <= body.toBytes();
    }

    /// Whether a text of so many bytes is a reaction.
    boolean isReaction(int bytes) {
        return bytes <= reaction.toBytes();
    }

    private static boolean within(DataSize size, DataSize most) {
        return size.toBytes() >= 1 && size.compareTo(most) <= 0;
    }
}
