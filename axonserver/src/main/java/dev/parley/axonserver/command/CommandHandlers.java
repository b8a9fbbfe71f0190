package dev.parley.axonserver.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Which clients handle which commands. Thread-safe; reads take no lock.
final class CommandHandlers {

    private static final int DEFAULT_LOAD = 100;
    private static final int MAX_LOAD = 10_000;

    private record Entry(List<RoutingRing.Member<CommandStream>> members, RoutingRing<CommandStream> ring) {}

    private final Map<String, Entry> byCommand = new ConcurrentHashMap<>();

    /// Adds a handler, or replaces the one of an older stream of the same client.
    ///
    /// @param load 0 means the default
    void subscribe(String command, String clientId, int load, CommandStream stream) {
        int share = load <= 0 ? DEFAULT_LOAD : Math.min(load, MAX_LOAD);
        byCommand.compute(command, (name, old) -> {
            List<RoutingRing.Member<CommandStream>> members = new ArrayList<>();
            if (old != null) {
                members.addAll(old.members());
                members.removeIf(member -> member.id().equals(clientId));
            }
            members.add(new RoutingRing.Member<>(stream, clientId, share));
            return new Entry(members, new RoutingRing<>(members));
        });
    }

    void unsubscribe(String command, CommandStream stream) {
        byCommand.computeIfPresent(command, (name, old) -> without(old, stream));
    }

    void remove(CommandStream stream) {
        byCommand.keySet().forEach(command -> unsubscribe(command, stream));
    }

    /// @return null if nobody handles the command
    @Nullable
    CommandStream find(String command, String routingKey) {
        Entry entry = byCommand.get(command);
        return entry == null ? null : entry.ring().pick(routingKey);
    }

    /// How many clients handle each command.
    Map<String, Integer> counts() {
        Map<String, Integer> counts = new TreeMap<>();
        byCommand.forEach((name, entry) -> counts.put(name, entry.members().size()));
        return counts;
    }

    int count() {
        return byCommand.values().stream()
                .mapToInt(entry -> entry.members().size())
                .sum();
    }

    private static @Nullable Entry without(Entry old, CommandStream stream) {
        List<RoutingRing.Member<CommandStream>> members = old.members().stream()
                .filter(member -> member.member() != stream)
                .toList();
        if (members.size() == old.members().size()) {
            return old;
        }
        return members.isEmpty() ? null : new Entry(members, new RoutingRing<>(members));
    }
}
