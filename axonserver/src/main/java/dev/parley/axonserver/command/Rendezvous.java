package dev.parley.axonserver.command;

import dev.parley.axonserver.protocol.HandlerStream;
import dev.parley.axonserver.protocol.Handlers.Member;
import dev.parley.axonserver.protocol.RoutingHash;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Consistent hashing by weighted rendezvous: each member draws a number for the routing key, and the best one gets
/// it. So a key always leads to the same member while the members stay the same; when one comes or goes only the
/// keys move that are won or lost by it; and each gets a share by its load factor, however large those are.
final class Rendezvous {

    private static final double UNIT = 0x1.0p-53;

    private Rendezvous() {}

    /// The member that a key leads to; null if there are none.
    static <S extends HandlerStream<?, ?>> @Nullable S pick(List<Member<S>> members, String key) {
        if (members.isEmpty()) {
            return null;
        }
        Member<S> best = members.getFirst();
        if (members.size() == 1) {
            return best.stream();
        }
        long hash = RoutingHash.of(key);
        double least = Double.POSITIVE_INFINITY;
        for (Member<S> member : members) {
            double draw = draw(hash, member.seed(), member.load());
            if (draw < least) {
                least = draw;
                best = member;
            }
        }
        return best.stream();
    }

    /// Exponentially distributed with the load as its rate, so that the least of several draws is a member's as often
    /// as its part of the loads' sum says.
    static double draw(long key, long seed, int load) {
        double uniform = ((RoutingHash.mix(key ^ seed) >>> 11) + 0.5) * UNIT;
        return -Math.log(uniform) / load;
    }
}
