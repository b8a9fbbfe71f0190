package dev.parley.axonserver.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parley.axonserver.protocol.Handlers.Member;
import dev.parley.axonserver.protocol.Meters;
import dev.parley.axonserver.protocol.RecordedCall;
import dev.parley.axonserver.protocol.RoutingHash;
import dev.parley.axonserver.protocol.RoutingProperties;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RendezvousTest {

    private static final int KEYS = 20_000;

    private final CommandRouter router = new CommandRouter(
            new RoutingProperties(1, 1, Duration.ofMinutes(1), Duration.ofMinutes(1), 10, 10),
            new Meters(new SimpleMeterRegistry(), "default"));
    private final Member<CommandStream> one = member("client1", 100);
    private final Member<CommandStream> two = member("client2", 100);
    private final Member<CommandStream> big = member("client3", 200);

    private Member<CommandStream> member(String id, int load) {
        return new Member<>(new CommandStream(router, new RecordedCall<>()), load, RoutingHash.of(id));
    }

    private static double share(List<Member<CommandStream>> members, Member<CommandStream> member) {
        int won = 0;
        for (int key = 0; key < KEYS; key++) {
            if (member.stream().equals(Rendezvous.pick(members, "key" + key))) {
                won++;
            }
        }
        return won / (double) KEYS;
    }

    @Test
    void eachGetsAShareByItsLoad() {
        List<Member<CommandStream>> members = List.of(one, two, big);
        assertThat(share(members, one)).isCloseTo(0.25, within(0.02));
        assertThat(share(members, two)).isCloseTo(0.25, within(0.02));
        assertThat(share(members, big)).isCloseTo(0.5, within(0.02));
    }

    @Test
    void onlyTheKeysOfAMemberThatLeavesMove() {
        for (int key = 0; key < KEYS; key++) {
            CommandStream before = Rendezvous.pick(List.of(one, two, big), "key" + key);
            CommandStream after = Rendezvous.pick(List.of(big, one), "key" + key);
            if (!two.stream().equals(before)) {
                assertThat(after).isEqualTo(before);
            }
        }
    }

    @Test
    void nobodyIsPickedFromNobody() {
        assertThat(Rendezvous.pick(List.<Member<CommandStream>>of(), "key")).isNull();
    }
}
