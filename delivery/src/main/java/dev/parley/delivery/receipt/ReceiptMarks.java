package dev.parley.delivery.receipt;

import dev.parley.delivery.DeliveryProperties;
import dev.parley.delivery.dispatch.Delay;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.member.MemberId;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/// How far the accounts of this node have received and read, on its way to disk. Marks only go forward; whoever marks
/// has made sure that the account is a member. Thread-safe.
public final class ReceiptMarks {

    /// A second of the rate is spent in so many parts, so that receipts come in no bursts.
    private static final int PARTS = 10;

    private final ReadMarks reads;
    private final DeliveredMarks delivered;

    public ReceiptMarks(MarkCommands commands, Delay delay, DeliveryProperties.Receipts limits, MeterRegistry meters) {
        MarkMemory memory = new MarkMemory(limits.remembered());
        this.reads = new ReadMarks(commands, memory, delay, limits.interval());
        this.delivered = new DeliveredMarks(commands, memory, limits, meters);
        meters.gauge("parley.delivery.receipts.reading", reads, ReadMarks::size);
    }

    /// @return when it was marked as read; it is on disk. Fails as the command that was to mark it. Of several within
    ///     an interval, the later ones wait until it is over.
    public CompletableFuture<Instant> read(MemberId member, long seq) {
        return reads.mark(member, seq);
    }

    /// What one device was sent and has yet to acknowledge.
    ///
    /// @param isMember whether the account is a member now
    public Unacknowledged of(AccountId account, Predicate<ConversationId> isMember) {
        return new Unacknowledged(account, isMember, delivered::note);
    }

    /// How often to [#flush].
    public Duration period() {
        return Duration.ofSeconds(1).dividedBy(PARTS);
    }

    /// Sends what is due of what was received.
    public void flush() {
        delivered.flush(1.0 / PARTS);
    }

    /// Sends what waits, as far as the rate of a second allows, and waits for what is under way. It blocks for this
    /// time at most.
    public void drain(Duration most) throws InterruptedException {
        long deadline = System.nanoTime() + most.toNanos();
        delivered.flushAll();
        while (delivered.isSending() && System.nanoTime() - deadline < 0) {
            Thread.sleep(period().dividedBy(PARTS));
        }
    }
}
