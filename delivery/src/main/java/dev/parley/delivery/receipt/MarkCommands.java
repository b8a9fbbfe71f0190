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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/// Sends the commands of receipts. Thread-safe.
public final class MarkCommands {

    private static final Logger log = LoggerFactory.getLogger(MarkCommands.class);

    private final CommandDispatch dispatch;
    private final ConversationSizes sizes;
    private final Clock clock;
    private volatile boolean failing;

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
            failing = false;
        } catch (DataAccessException e) {
            if (!failing) {
                failing = true;
                log.atWarn().setCause(e).log("Nothing can be marked as read: the members cannot be counted");
            }
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
