package dev.parley.query.batch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.axonframework.eventhandling.EventMessage;

/// Letters without a database, of facts that are `<sequence>:<number>`; what is undone is really undone.
final class InMemoryLetters implements Letters {

    final List<String> projected = new ArrayList<>();
    final List<String> failed = new ArrayList<>();
    final List<String> letters = new ArrayList<>();
    int pieces;

    @Override
    public String sequence(EventMessage<?> fact) {
        return sequence((String) fact.getPayload());
    }

    static String sequence(String fact) {
        return fact.substring(0, fact.indexOf(':'));
    }

    @Override
    public Set<String> waiting(Collection<String> sequences) {
        Set<String> waiting = new HashSet<>(sequences);
        waiting.retainAll(letters.stream().map(InMemoryLetters::sequence).toList());
        return waiting;
    }

    @Override
    public void addFailed(EventMessage<?> fact, Throwable cause) {
        failed.add((String) fact.getPayload());
        letters.add((String) fact.getPayload());
    }

    @Override
    public void addBehind(EventMessage<?> fact) {
        letters.add((String) fact.getPayload());
    }

    @Override
    public void undoably(Runnable work) {
        pieces++;
        List<List<String>> all = List.of(projected, failed, letters);
        List<List<String>> before = all.stream().map(List::copyOf).toList();
        try {
            work.run();
        } catch (RuntimeException failure) {
            for (int i = 0; i < all.size(); i++) {
                all.get(i).clear();
                all.get(i).addAll(before.get(i));
            }
            throw failure;
        }
    }
}
