package dev.parley.delivery.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class CrowdLaneTest {

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final CrowdLane lane = new CrowdLane(tasks::add);

    private static final class Counted implements Fanout.LiveSession {
        int wakes;

        @Override
        public Feed feed() {
            throw new AssertionError("not asked");
        }

        @Override
        public void wake() {
            wakes++;
        }

        @Override
        public void signal(String frame) {}
    }

    private void run() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    @Test
    void eachIsWokenOnceHoweverManyEventsWait() {
        List<Counted> crowd = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            crowd.add(new Counted());
        }
        lane.wake(List.copyOf(crowd));
        lane.wake(List.copyOf(crowd.subList(0, 500)));
        assertThat(crowd).allMatch(session -> session.wakes == 0);
        run();
        assertThat(crowd).allMatch(session -> session.wakes == 1);
        lane.wake(List.copyOf(crowd.subList(0, 3)));
        run();
        assertThat(crowd.subList(0, 3)).allMatch(session -> session.wakes == 2);
        assertThat(crowd.get(3).wakes).isOne();
    }
}
