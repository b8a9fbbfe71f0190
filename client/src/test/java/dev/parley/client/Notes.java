package dev.parley.client;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/// Writes down what the listener was told, a line each.
final class Notes implements ParleyListener {

    private final List<String> lines = new CopyOnWriteArrayList<>();

    List<String> lines() {
        return lines;
    }

    /// The positions of the events.
    List<Long> positions() {
        return lines.stream()
                .filter(line -> line.startsWith("event "))
                .map(line -> Long.valueOf(line.substring(6)))
                .toList();
    }

    @Override
    public void event(ParleyEvent event) {
        lines.add("event " + event.position());
    }

    @Override
    public void caughtUp(long position) {
        lines.add("caught up " + position);
    }

    @Override
    public void signal(ParleySignal signal) {
        lines.add(signal.toString());
    }

    @Override
    public void connected(UUID account, UUID session) {
        lines.add("connected");
    }

    @Override
    public void disconnected(int code, String reason, Duration pause) {
        lines.add("disconnected " + code + (code == 4000 ? " for " + pause.toMillis() : ""));
    }

    @Override
    public void stopped(int code, String reason) {
        lines.add("stopped " + code);
    }

    @Override
    public void gap(UUID conversation, long expected, long got) {
        lines.add("gap " + expected + " " + got);
    }
}
