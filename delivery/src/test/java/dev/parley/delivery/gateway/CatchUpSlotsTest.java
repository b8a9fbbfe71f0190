package dev.parley.delivery.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatchUpSlotsTest {

    private final List<String> woken = new ArrayList<>();
    private final CatchUpSlots slots = new CatchUpSlots(1);

    private boolean enter(String owner) {
        return slots.enter(owner, () -> woken.add(owner));
    }

    @Test
    void freedPlaceIsKeptForTheFirstWhoWaits() {
        assertThat(enter("a")).isTrue();
        assertThat(enter("b")).isFalse();
        assertThat(enter("c")).isFalse();
        slots.leave();
        assertThat(woken).containsExactly("b");
        assertThat(enter("d")).isFalse();
        assertThat(enter("b")).isTrue();
        assertThat(slots.taken()).isEqualTo(1);
    }

    @Test
    void whoGoesAwayNeitherWaitsNorKeepsAPlace() {
        enter("a");
        enter("b");
        enter("c");
        slots.forget("c");
        slots.leave();
        slots.forget("b");
        assertThat(slots.taken()).isZero();
        assertThat(slots.waiting()).isZero();
        assertThat(enter("d")).isTrue();
    }
}
