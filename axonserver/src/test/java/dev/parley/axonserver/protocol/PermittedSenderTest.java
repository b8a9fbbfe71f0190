package dev.parley.axonserver.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PermittedSenderTest {

    private final RecordedCall<String> call = new RecordedCall<>();
    private final PermittedSender<String> sender = new PermittedSender<>(call, 4);

    private static Work<String> work(String text, long priority) {
        return new Work<>(text, null, priority);
    }

    @Test
    void highestPriorityGoesFirstAndTheFirstComeWithinOne() {
        sender.offer(work("low 1", -1));
        sender.offer(work("high 1", 5));
        sender.offer(work("low 2", -1));
        sender.offer(work("high 2", 5));
        sender.grant(3);
        assertThat(call.sent()).containsExactly("high 1", "high 2", "low 1");
        sender.grant(Long.MAX_VALUE);
        assertThat(call.sent()).endsWith("low 2");
    }

    @Test
    void fullQueueRefusesTheNewcomerWhateverItsPriority() {
        for (int i = 0; i < 4; i++) {
            assertThat(sender.offer(work("first", 0))).isEqualTo(Offer.TAKEN);
        }
        assertThat(sender.offer(work("late", 9))).isEqualTo(Offer.FULL);
    }

    @Test
    void withdrawnWorkIsNotSent() {
        Work<String> first = work("first", 0);
        Work<String> second = work("second", 0);
        sender.offer(first);
        sender.offer(second);
        assertThat(sender.withdraw(first)).isTrue();
        assertThat(sender.withdraw(first)).isFalse();
        sender.grant(9);
        assertThat(call.sent()).containsExactly("second");
        assertThat(sender.withdraw(second)).isFalse();
    }

    @Test
    void workThatMovedOnIsNotTakenForAnother() {
        PermittedSender<String> other = new PermittedSender<>(new RecordedCall<>(), 4);
        Work<String> moved = work("moved", 0);
        sender.offer(moved);
        sender.withdraw(moved);
        other.offer(moved);
        sender.offer(work("stays", 0));
        assertThat(sender.withdraw(moved)).isFalse();
        sender.grant(9);
        assertThat(call.sent()).containsExactly("stays");
    }

    @Test
    void permitsThatAreNotPositiveDoNothingAndHugeOnesDoNotOverflow() {
        sender.grant(-5);
        sender.grant(Long.MIN_VALUE);
        sender.offer(work("first", 0));
        assertThat(call.sent()).isEmpty();
        sender.grant(Long.MAX_VALUE);
        sender.grant(Long.MAX_VALUE);
        sender.offer(work("second", 0));
        assertThat(call.sent()).containsExactly("first", "second");
    }

    @Test
    void nothingIsSentWhileTheTransportIsNotReady() {
        sender.grant(9);
        call.stopReading();
        sender.offer(work("first", 0));
        assertThat(call.sent()).isEmpty();
        call.readOn();
        sender.ready();
        assertThat(call.sent()).containsExactly("first");
    }

    @Test
    void closingGivesBackWhatWasNotSent() {
        sender.grant(1);
        sender.offer(work("sent", 0));
        Work<String> low = work("low", 0);
        Work<String> high = work("high", 1);
        sender.offer(low);
        sender.offer(high);
        assertThat(sender.fail("gone")).containsExactly(high, low);
        assertThat(sender.offer(work("late", 0))).isEqualTo(Offer.CLOSED);
        assertThat(sender.complete()).isEmpty();
    }

    @Test
    void finishedSenderSendsWhatWaitsAndThenCompletes() {
        sender.offer(work("last", 0));
        sender.finish();
        assertThat(sender.offer(work("late", 0))).isEqualTo(Offer.CLOSED);
        assertThat(call.isCompleted()).isFalse();
        sender.grant(1);
        assertThat(call.sent()).containsExactly("last");
        assertThat(call.isCompleted()).isTrue();
    }

    @Test
    void clientThatDoesNotReadIsNotSentControlMessagesWithoutEnd() {
        call.stopReading();
        for (int i = 0; i < 30_000; i++) {
            sender.control("ack");
        }
        assertThat(call.sent()).hasSizeLessThan(20_000);
        assertThat(sender.isUnread()).isTrue();
    }
}
