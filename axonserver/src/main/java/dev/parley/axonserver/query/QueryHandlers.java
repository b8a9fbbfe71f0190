package dev.parley.axonserver.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Which clients handle which queries. A client counts once for a query, whatever results it offers. Thread-safe;
/// reads take no lock.
final class QueryHandlers {

    private record Member(String clientId, QueryStream stream) {}

    private final Map<String, List<Member>> byQuery = new ConcurrentHashMap<>();
    private final AtomicInteger turn = new AtomicInteger();

    /// Adds a handler, or replaces the one of an older stream of the same client.
    void subscribe(String query, String clientId, QueryStream stream) {
        byQuery.compute(query, (name, old) -> {
            List<Member> members = new ArrayList<>(old == null ? List.of() : old);
            members.removeIf(member -> member.clientId().equals(clientId));
            members.add(new Member(clientId, stream));
            return List.copyOf(members);
        });
    }

    void unsubscribe(String query, QueryStream stream) {
        byQuery.computeIfPresent(query, (name, old) -> {
            List<Member> left =
                    old.stream().filter(member -> member.stream() != stream).toList();
            return left.isEmpty() ? null : left;
        });
    }

    void remove(QueryStream stream) {
        byQuery.keySet().forEach(query -> unsubscribe(query, stream));
    }

    List<QueryStream> all(String query) {
        return byQuery.getOrDefault(query, List.of()).stream()
                .map(Member::stream)
                .toList();
    }

    /// One of the handlers, each in its turn.
    @Nullable
    QueryStream one(String query) {
        List<Member> members = byQuery.getOrDefault(query, List.of());
        return members.isEmpty() ? null : members.get(Math.floorMod(turn.getAndIncrement(), members.size())).stream();
    }

    /// How many clients handle each query.
    Map<String, Integer> counts() {
        Map<String, Integer> counts = new TreeMap<>();
        byQuery.forEach((name, members) -> counts.put(name, members.size()));
        return counts;
    }

    int count() {
        return byQuery.values().stream().mapToInt(List::size).sum();
    }
}
