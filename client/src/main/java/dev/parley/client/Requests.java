package dev.parley.client;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// Requests that are not answered yet, in the order they were made. The first [#IN_FLIGHT] of them are on their way,
/// the others wait. Not thread-safe: the client guards it.
final class Requests {

    /// What a session may have unanswered: `parley.delivery.send.in-flight`.
    static final int IN_FLIGHT = 32;

    static final int WAITING = 10_000;

    private final Map<UUID, Pending> pending = new LinkedHashMap<>();
    private int inFlight;
    private @Nullable String stopped;

    /// @param frame as it is sent, each time the same
    static final class Pending {
        final UUID conversation;
        final String frame;
        final CompletableFuture<Accepted> answer = new CompletableFuture<>();
        private boolean sent;
        private boolean paused;
        private int pauses;

        private Pending(UUID conversation, String frame) {
            this.conversation = conversation;
            this.frame = frame;
        }
    }

    /// The same request again has the same answer.
    ///
    /// @return what will be its answer; it has failed already if there is no room, or nobody to ask
    CompletableFuture<Accepted> add(UUID id, UUID conversation, String frame) {
        if (stopped != null) {
            return CompletableFuture.failedFuture(new ClientStoppedException(stopped));
        }
        Pending same = pending.get(id);
        if (same != null) {
            return same.frame.equals(frame)
                    ? same.answer
                    : CompletableFuture.failedFuture(
                            new ProblemException("message-id-reused", "Another request with this id waits", "id"));
        }
        if (pending.size() >= WAITING) {
            return CompletableFuture.failedFuture(
                    new RejectedExecutionException(WAITING + " requests wait for an answer"));
        }
        Pending added = new Pending(conversation, frame);
        pending.put(id, added);
        return added.answer;
    }

    /// What may be sent now; it counts as sent. Behind a request that was put off, its conversation waits. Who does not
    /// want an answer any more, such as after a time-out of the future, is left out.
    List<String> due() {
        List<String> due = new ArrayList<>();
        Set<UUID> held = new HashSet<>();
        Iterator<Pending> all = pending.values().iterator();
        while (inFlight < IN_FLIGHT && all.hasNext()) {
            Pending next = all.next();
            if (next.sent) {
                continue;
            }
            if (next.answer.isDone()) {
                all.remove();
            } else if (next.paused) {
                held.add(next.conversation);
            } else if (!held.contains(next.conversation)) {
                next.sent = true;
                inFlight++;
                due.add(next.frame);
            }
        }
        return due;
    }

    /// The connection is gone: everything unanswered is to be sent again.
    void reset() {
        pending.values().forEach(each -> each.sent = false);
        inFlight = 0;
    }

    /// @return the request that was answered; null if it is not one of these
    @Nullable
    Pending answered(UUID id) {
        Pending answered = pending.remove(id);
        if (answered != null && answered.sent) {
            inFlight--;
        }
        return answered;
    }

    /// It is to be sent again, but not before [#resume].
    ///
    /// @return how often it was paused before; -1 if it is not one of these
    int pause(UUID id) {
        Pending paused = pending.get(id);
        if (paused == null) {
            return -1;
        }
        inFlight -= paused.sent ? 1 : 0;
        paused.sent = false;
        paused.paused = true;
        return paused.pauses++;
    }

    void resume(UUID id) {
        Pending resumed = pending.get(id);
        if (resumed != null) {
            resumed.paused = false;
        }
    }

    int size() {
        return pending.size();
    }

    /// Takes no more.
    ///
    /// @return what was never answered, to be failed
    List<Pending> stop(String reason) {
        stopped = reason;
        List<Pending> left = List.copyOf(pending.values());
        pending.clear();
        inFlight = 0;
        return left;
    }
}
