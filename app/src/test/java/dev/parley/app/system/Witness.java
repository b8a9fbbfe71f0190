package dev.parley.app.system;

import dev.parley.client.ParleyEvent;
import dev.parley.client.ParleyListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Writes down what one device was told, and what it should not have been.
final class Witness implements ParleyListener {

    private final Map<UUID, List<UUID>> messages = new HashMap<>();
    private final List<String> wrongs = new ArrayList<>();
    private long position = -1;
    private int connects;
    private int goodbyes;

    /// The messages of each conversation, in the order they came.
    synchronized Map<UUID, List<UUID>> messages() {
        Map<UUID, List<UUID>> copy = new HashMap<>();
        messages.forEach((conversation, ids) -> copy.put(conversation, List.copyOf(ids)));
        return copy;
    }

    synchronized List<String> wrongs() {
        return List.copyOf(wrongs);
    }

    synchronized int connects() {
        return connects;
    }

    /// How often a gateway said goodbye before it closed.
    synchronized int goodbyes() {
        return goodbyes;
    }

    @Override
    public synchronized void event(ParleyEvent event) {
        if (event.position() <= position) {
            wrongs.add("position " + event.position() + " after " + position);
        }
        position = event.position();
        ParleyEvent.Message message = event.message();
        if (message != null) {
            messages.computeIfAbsent(event.conversation(), none -> new ArrayList<>())
                    .add(message.id());
        }
    }

    @Override
    public synchronized void connected(UUID account, UUID session) {
        connects++;
    }

    @Override
    public synchronized void disconnected(int code, String reason, Duration pause) {
        goodbyes += code == 4000 ? 1 : 0;
    }

    @Override
    public synchronized void stopped(int code, String reason) {
        wrongs.add("stopped with " + code + " " + reason);
    }

    @Override
    public synchronized void gap(UUID conversation, long expected, long got) {
        wrongs.add("seq " + got + " instead of " + expected + " in " + conversation);
    }
}
