package dev.parley.delivery.receipt;

import dev.parley.delivery.dispatch.CommandDispatch;
import dev.parley.messages.RejectedException;
import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.member.MemberCommand.MarkDelivered;
import dev.parley.messages.member.MemberCommand.MarkRead;
import dev.parley.messages.member.MemberId;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import org.springframework.dao.DataAccessException;

/// Sends the commands of receipts. Thread-safe.
public final class MarkCommands {

    private final CommandDispatch dispatch;
    private final ConversationSizes sizes;
    private final Clock clock;

    public MarkCommands(CommandDispatch dispatch, ConversationSizes sizes, Clock clock) {
        this.dispatch = dispatch;
        this.sizes = sizes;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    ConversationSizes sizes() {
        return sizes;
    }

    /// May ask the database how large the conversation is.
    ///
    /// @return when it was marked; it is on disk. Fails with what `Failures` tells apart.
    CompletableFuture<Instant> read(MemberId member, long seq) {
        boolean shared;
        try {
            shared = sizes.isSmall(member.conversation());
        } catch (DataAccessException e) {
            return CompletableFuture.failedFuture(new RejectedException(
                    new Rejection(RejectionCode.UNAVAILABLE, "This could not be stored now; send it again")));
        }
        Instant now = now();
        return dispatch.send(new MarkRead(member, seq, shared, now)).thenApply(nothing -> now);
    }

    /// @return fails with what `Failures` tells apart
    CompletableFuture<Instant> delivered(MemberId member, long seq) {
        Instant now = now();
        return dispatch.send(new MarkDelivered(member, seq, now)).thenApply(nothing -> now);
    }
}
