package dev.parley.axonserver.command;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Consistent hashing: a routing key always leads to the same member while the members stay the same, and when one
/// comes or goes only the keys move that are won or lost by it. Each member gets a share by its load factor. Immutable.
final class RoutingRing<M> {

    /// @param id tells members apart, and decides which keys they get
    /// @param load its share, relative to that of the others
    record Member<M>(M member, String id, int load) {}

    private record Point<M>(long hash, M member) {}

    private final long[] hashes;
    private final List<Point<M>> points;

    RoutingRing(List<Member<M>> members) {
        points = members.stream()
                .flatMap(member -> IntStream.range(0, member.load())
                        .mapToObj(i -> new Point<>(hash(member.id() + '#' + i), member.member())))
                .sorted(Comparator.comparingLong(Point::hash))
                .toList();
        hashes = points.stream().mapToLong(Point::hash).toArray();
    }

    /// @return null if there are no members
    @Nullable
    M pick(String key) {
        if (hashes.length == 0) {
            return null;
        }
        int found = Arrays.binarySearch(hashes, hash(key));
        int index = found >= 0 ? found : -found - 1;
        return points.get(index == hashes.length ? 0 : index).member();
    }

    /// FNV-1a (RFC 9923) of 64 bits, finished with the mix of MurmurHash3, since short similar keys are the rule.
    static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }
}
