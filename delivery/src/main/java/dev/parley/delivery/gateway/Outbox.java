package dev.parley.delivery.gateway;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Frames that wait to be written to one socket, other than events: answers first, then signals. Bounded: answers are
/// refused and signals dropped when it is full. Thread-safe.
final class Outbox {

    /// More signals than this are of no use to anybody.
    private static final int MAX_SIGNALS = 16;

    private final int maxAnswers;
    private final ArrayDeque<String> answers = new ArrayDeque<>(2);
    private final ArrayDeque<String> signals = new ArrayDeque<>(2);
    private boolean ping;

    Outbox(int maxAnswers) {
        this.maxAnswers = maxAnswers;
    }

    /// @return false if there is no room: the device does not read its answers
    synchronized boolean answer(String frame) {
        return answers.size() < maxAnswers && answers.add(frame);
    }

    synchronized void signal(String frame) {
        if (signals.size() < MAX_SIGNALS) {
            signals.add(frame);
        }
    }

    synchronized void ping() {
        ping = true;
    }

    synchronized boolean takePing() {
        boolean due = ping;
        ping = false;
        return due;
    }

    synchronized @Nullable String poll() {
        String answer = answers.poll();
        return answer == null ? signals.poll() : answer;
    }

    synchronized boolean isEmpty() {
        return answers.isEmpty();
    }
}
