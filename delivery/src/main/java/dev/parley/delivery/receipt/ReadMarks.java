package dev.parley.delivery.receipt;

import dev.parley.delivery.dispatch.Delay;
import dev.parley.delivery.dispatch.Failures;
import dev.parley.messages.member.MemberId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// Marks what was read, at most once an interval for each member of each conversation: the first at once, those
/// that come meanwhile together, by the highest of them. What is known to be read needs no command. If the
/// highest is invalid, the others have their turn without it.
///
/// ```
///   a member is idle --read--> SENDING --answered--> RESTING --interval over, none waits--> idle
///                                 ^                      |
///                                 +---- some wait -------+
/// ```
///
/// Holds what its callers wait for, and each member for an interval after its last command. Thread-safe, by its own
/// monitor, held for memory work only.
final class ReadMarks {

    private record Waiting(long seq, CompletableFuture<Instant> answer) {}

    private final MarkCommands commands;
    private final MarkMemory memory;
    private final Delay delay;
    private final Duration interval;
    /// Who is sending or resting, and what waits for the next turn.
    private final Map<MemberId, List<Waiting>> busy = new HashMap<>();

    ReadMarks(MarkCommands commands, MarkMemory memory, Delay delay, Duration interval) {
        this.commands = commands;
        this.memory = memory;
        this.delay = delay;
        this.interval = interval;
    }

    /// @return when it was marked; it is on disk. Fails as the command that was to mark it.
    CompletableFuture<Instant> mark(MemberId member, long seq) {
        if (seq <= memory.read(member)) {
            return CompletableFuture.completedFuture(commands.now());
        }
        Waiting waiting = new Waiting(seq, new CompletableFuture<>());
        if (isFirst(member, waiting)) {
            send(member, List.of(waiting));
        }
        return waiting.answer();
    }

    /// Members that are sending or resting.
    synchronized int size() {
        return busy.size();
    }

    private synchronized boolean isFirst(MemberId member, Waiting waiting) {
        List<Waiting> queue = busy.get(member);
        if (queue == null) {
            busy.put(member, new ArrayList<>(1));
            return true;
        }
        queue.add(waiting);
        return false;
    }

    private void send(MemberId member, List<Waiting> batch) {
        long start = System.nanoTime();
        long seq = batch.stream().mapToLong(Waiting::seq).max().orElseThrow();
        CompletableFuture<Instant> done = seq <= memory.read(member)
                ? CompletableFuture.completedFuture(commands.now())
                : commands.read(member, seq);
        done.whenComplete((at, failure) -> {
            if (failure == null) {
                memory.noteRead(member, seq);
            }
            List<Waiting> answered = batch;
            if (failure != null && Failures.isInvalid(failure)) {
                answered =
                        batch.stream().filter(waiting -> waiting.seq() == seq).toList();
                again(
                        member,
                        batch.stream().filter(waiting -> waiting.seq() < seq).toList());
            }
            Duration left = interval.minusNanos(System.nanoTime() - start);
            delay.after(left.isNegative() ? Duration.ZERO : left, () -> rested(member));
            for (Waiting waiting : answered) {
                if (failure == null) {
                    waiting.answer().complete(at);
                } else {
                    waiting.answer().completeExceptionally(failure);
                }
            }
        });
    }

    private synchronized void again(MemberId member, List<Waiting> lower) {
        busy.computeIfAbsent(member, none -> new ArrayList<>(1)).addAll(0, lower);
    }

    private void rested(MemberId member) {
        List<Waiting> batch = take(member);
        if (!batch.isEmpty()) {
            send(member, batch);
        }
    }

    private synchronized List<Waiting> take(MemberId member) {
        List<Waiting> queue = busy.getOrDefault(member, List.of());
        if (queue.isEmpty()) {
            busy.remove(member);
            return List.of();
        }
        List<Waiting> batch = List.copyOf(queue);
        queue.clear();
        return batch;
    }
}
