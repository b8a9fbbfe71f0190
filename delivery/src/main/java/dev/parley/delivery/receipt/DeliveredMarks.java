package dev.parley.delivery.receipt;

import dev.parley.delivery.DeliveryProperties;
import dev.parley.delivery.dispatch.Failures;
import dev.parley.messages.ConversationId;
import dev.parley.messages.member.MemberId;
import dev.parley.tail.Backoff;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/// Marks what devices received, in small conversations. What a member notes within an interval becomes one command, by
/// the highest of it; no more than so many commands are sent in a second, and under way, while the rest waits.
///
/// It is a courtesy, and bounded like one: what finds no place is dropped, and so is what fails for too long. Nothing
/// is lost with it but time: the next message that the member's device receives marks all before it, and so does a
/// read. The same holds for what is noted here when the process dies.
///
/// Thread-safe, by its own monitor, held for memory work only.
final class DeliveredMarks {

    private static final Logger log = LoggerFactory.getLogger(DeliveredMarks.class);
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(30));

    /// @param failures in a row
    /// @param due when to send it, in [System#nanoTime]
    private record Noted(long seq, int failures, long due) {

        Noted raised(long other) {
            return new Noted(Math.max(seq, other), failures, due);
        }
    }

    private record Mark(MemberId member, Noted noted) {}

    private final MarkCommands commands;
    private final MarkMemory memory;
    private final DeliveryProperties.Receipts limits;
    private final Counter sent;
    private final Counter dropped;
    /// In the order of their first notes.
    private final Map<MemberId, Noted> waiting = new LinkedHashMap<>();
    private final Set<MemberId> sending = new HashSet<>();
    private volatile boolean failing;

    DeliveredMarks(MarkCommands commands, MarkMemory memory, DeliveryProperties.Receipts limits, MeterRegistry meters) {
        this.commands = commands;
        this.memory = memory;
        this.limits = limits;
        this.sent = meters.counter("parley.delivery.receipts.delivered");
        this.dropped = meters.counter("parley.delivery.receipts.dropped");
        meters.gauge("parley.delivery.receipts.waiting", this, DeliveredMarks::size);
    }

    /// Notes that a device of the member has everything up to a place.
    void note(MemberId member, long seq) {
        if (seq <= memory.delivered(member) || commands.sizes().isKnownLarge(member.conversation())) {
            return;
        }
        if (!put(member, new Noted(seq, 0, System.nanoTime() + limits.interval().toNanos()))) {
            dropped.increment();
        }
    }

    /// Sends what is due, as far as the rate allows. It may ask the database how large conversations are.
    ///
    /// @param share of a second since the last call
    void flush(double share) {
        send(take((int) Math.ceil(limits.perSecond() * share), System.nanoTime()));
    }

    /// Sends what waits, due or not, as far as a second's rate allows.
    void flushAll() {
        send(take(limits.perSecond(), System.nanoTime() + BACKOFF.most().toNanos()));
    }

    /// Waiting or under way.
    synchronized int size() {
        return waiting.size() + sending.size();
    }

    synchronized boolean isSending() {
        return !sending.isEmpty();
    }

    private void send(List<Mark> batch) {
        if (batch.isEmpty()) {
            return;
        }
        Map<ConversationId, Boolean> small;
        try {
            small = commands.sizes()
                    .areSmall(batch.stream()
                            .map(mark -> mark.member().conversation())
                            .collect(Collectors.toUnmodifiableSet()));
        } catch (DataAccessException e) {
            batch.forEach(mark -> failed(mark, e));
            return;
        }
        for (Mark mark : batch) {
            if (small.getOrDefault(mark.member().conversation(), true)) {
                commands.delivered(mark.member(), mark.noted().seq())
                        .whenComplete((at, failure) -> answered(mark, failure));
            } else {
                ended(mark);
            }
        }
    }

    private void answered(Mark mark, @Nullable Throwable failure) {
        if (failure == null) {
            sent.increment();
            memory.noteDelivered(mark.member(), mark.noted().seq());
            ended(mark);
            failing = false;
        } else {
            failed(mark, failure);
        }
    }

    private void failed(Mark mark, Throwable failure) {
        int failures = mark.noted().failures() + 1;
        boolean again = failures < limits.attempts()
                && (failure instanceof DataAccessException || Failures.mayPass(failure))
                && put(
                        mark.member(),
                        new Noted(
                                mark.noted().seq(),
                                failures,
                                System.nanoTime() + BACKOFF.after(failures).toNanos()));
        if (!again) {
            dropped.increment();
        }
        ended(mark);
        if (!failing) {
            failing = true;
            log.atWarn().setCause(failure).log("Receipts cannot be marked now; they are late or dropped");
        }
    }

    private synchronized void ended(Mark mark) {
        sending.remove(mark.member());
    }

    /// @return false if there is no room
    private synchronized boolean put(MemberId member, Noted noted) {
        Noted before = waiting.get(member);
        if (before == null && waiting.size() >= limits.waiting()) {
            return false;
        }
        waiting.put(member, before == null ? noted : before.raised(noted.seq()));
        return true;
    }

    private synchronized List<Mark> take(int most, long now) {
        int room = Math.min(most, limits.perSecond() - sending.size());
        List<Mark> batch = new ArrayList<>();
        Iterator<Map.Entry<MemberId, Noted>> entries = waiting.entrySet().iterator();
        while (entries.hasNext() && batch.size() < room) {
            Map.Entry<MemberId, Noted> entry = entries.next();
            if (entry.getValue().seq() <= memory.delivered(entry.getKey())) {
                entries.remove(); // another device was first
            } else if (entry.getValue().due() - now <= 0 && !sending.contains(entry.getKey())) {
                batch.add(new Mark(entry.getKey(), entry.getValue()));
                sending.add(entry.getKey());
                entries.remove();
            }
        }
        return batch;
    }
}
