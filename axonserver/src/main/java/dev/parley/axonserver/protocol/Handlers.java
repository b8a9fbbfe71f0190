package dev.parley.axonserver.protocol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The streams on which clients handle something (commands or queries), and what each handles by name. Thread-safe;
/// reads take no lock.
///
/// A client counts once for a name. If it opens another stream before the old one has ended, the new one serves
/// it; should the new one end first, the old one serves it again.
///
/// @param <S> the kind of stream
public final class Handlers<S extends HandlerStream<?, ?>> {

    private static final int DEFAULT_LOAD = 100;
    private static final int MAX_NAME = 1024;

    /// One who handles a name.
    ///
    /// @param load its share of the work, relative to that of the others
    /// @param seed tells clients apart, the same for all streams of a client
    public record Member<S>(S stream, int load, long seed) {}

    /// @param all in the order in which they came
    /// @param serving the newest of each client
    private record Entry<S>(List<Member<S>> all, List<Member<S>> serving) {}

    private final Map<String, Entry<S>> byName = new ConcurrentHashMap<>();
    private final Set<S> streams = ConcurrentHashMap.newKeySet();
    private final RoutingProperties limits;

    public Handlers(RoutingProperties limits) {
        this.limits = limits;
    }

    public RoutingProperties limits() {
        return limits;
    }

    /// Takes a new stream in, which leaves by itself when it ends.
    public S opened(S stream) {
        streams.add(stream);
        stream.listen();
        return stream;
    }

    /// Adds a handler of a name, or changes its load.
    ///
    /// @param load the default if it is not positive
    /// @return why it is refused, or null
    public @Nullable String subscribe(S stream, String name, int load) {
        Set<String> names = stream.names();
        if (name.isEmpty() || name.length() > MAX_NAME || stream.clientId().length() > MAX_NAME) {
            return "A name must have from 1 to " + MAX_NAME + " characters, and a client at most as many";
        }
        if (names.size() >= limits.subscriptionsPerClient() && !names.contains(name)) {
            return "A client may handle " + limits.subscriptionsPerClient() + " names at most";
        }
        names.add(name);
        Member<S> member = new Member<>(stream, load <= 0 ? DEFAULT_LOAD : load, RoutingHash.of(stream.clientId()));
        byName.compute(name, (key, old) -> {
            List<Member<S>> members = new ArrayList<>(old == null ? List.of() : without(old.all(), stream));
            members.add(member);
            return entry(members);
        });
        if (stream.hasLeft()) {
            remove(stream);
        }
        return null;
    }

    /// A stream no longer handles a name.
    public void unsubscribe(HandlerStream<?, ?> stream, String name) {
        if (stream.names().remove(name)) {
            byName.computeIfPresent(name, (key, old) -> {
                List<Member<S>> left = without(old.all(), stream);
                return left.isEmpty() ? null : entry(left);
            });
        }
    }

    /// Forgets a stream. May be repeated.
    public void remove(HandlerStream<?, ?> stream) {
        streams.remove(stream);
        stream.names().forEach(name -> unsubscribe(stream, name));
    }

    /// Those who share the work of a name, one for each client.
    public List<Member<S>> serving(String name) {
        Entry<S> entry = byName.get(name);
        return entry == null ? List.of() : entry.serving();
    }

    /// All streams that handle a name.
    public List<S> all(String name) {
        Entry<S> entry = byName.get(name);
        return entry == null
                ? List.of()
                : entry.all().stream().map(Member::stream).toList();
    }

    /// How many clients handle how many names: the sum over the names.
    public int count() {
        return byName.values().stream()
                .mapToInt(entry -> entry.serving().size())
                .sum();
    }

    /// How many clients handle each name.
    public Map<String, Integer> counts() {
        Map<String, Integer> counts = new TreeMap<>();
        byName.forEach((name, entry) -> counts.put(name, entry.serving().size()));
        return counts;
    }

    /// Ends the streams of a client that is taken for dead.
    public void drop(String clientId) {
        for (S stream : streams) {
            if (stream.clientId().equals(clientId)) {
                stream.end("The client did not answer heartbeats");
            }
        }
    }

    /// Ends the streams of clients that do not read what they are sent. To be called now and then.
    public void dropUnread() {
        for (S stream : streams) {
            if (stream.sender().isUnread()) {
                stream.end("The client does not read its messages");
            }
        }
    }

    /// Ends all streams.
    public void close() {
        streams.forEach(stream -> stream.end("The node is shutting down"));
    }

    private static <S> List<Member<S>> without(List<Member<S>> members, HandlerStream<?, ?> stream) {
        return members.stream()
                .filter(member -> !stream.equals(member.stream()))
                .toList();
    }

    private static <S extends HandlerStream<?, ?>> Entry<S> entry(List<Member<S>> members) {
        Map<String, Member<S>> newest = new LinkedHashMap<>();
        members.forEach(member -> newest.put(member.stream().clientId(), member));
        return new Entry<>(List.copyOf(members), List.copyOf(newest.values()));
    }
}
