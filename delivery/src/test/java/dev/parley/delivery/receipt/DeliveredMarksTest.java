package dev.parley.delivery.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.delivery.DeliveryProperties;
import dev.parley.messages.RejectedException;
import dev.parley.messages.Rejection;
import dev.parley.messages.member.MemberCommand.MarkDelivered;
import dev.parley.messages.member.MemberId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.commandhandling.NoHandlerForCommandException;
import org.junit.jupiter.api.Test;

class DeliveredMarksTest {

    private static final int PER_SECOND = 10;
    private static final int ROOM = 25;

    private final ScriptedGateway gateway = new ScriptedGateway();
    private final MarkMemory memory = new MarkMemory(1_000);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final DeliveredMarks marks = new DeliveredMarks(
            gateway.marks(),
            memory,
            new DeliveryProperties.Receipts(Duration.ZERO, PER_SECOND, 100, ROOM, 1_000, 3, Duration.ZERO),
            meters);
    private final MemberId member = ReadMarksTest.member();

    private List<Long> seqs() {
        return gateway.commands.stream()
                .map(command -> ((MarkDelivered) command).seq())
                .toList();
    }

    @Test
    void highestOfAnIntervalIsMarked() {
        Stream.of(4L, 9L, 6L).forEach(seq -> marks.note(member, seq));
        marks.flush(1);
        assertThat(seqs()).containsExactly(9L);
    }

    @Test
    void memberHasOneCommandUnderWay() {
        marks.note(member, 1);
        marks.flush(1);
        marks.note(member, 2);
        marks.flush(1);
        assertThat(seqs()).containsExactly(1L);
        gateway.succeed();
        marks.flush(1);
        assertThat(seqs()).containsExactly(1L, 2L);
    }

    @Test
    void whatIsMarkedIsNotMarkedAgain() {
        marks.note(member, 5);
        marks.flush(1);
        marks.note(member, 5); // another device, while the first is under way
        gateway.succeed();
        marks.note(member, 4);
        marks.flush(1);
        memory.noteRead(member, 8);
        marks.note(member, 8);
        marks.flush(1);
        assertThat(seqs()).containsExactly(5L);
        assertThat(marks.size()).isZero();
    }

    @Test
    void rateBoundsWhatIsSentAndWhatIsUnderWay() {
        for (int i = 0; i < ROOM; i++) {
            marks.note(ReadMarksTest.member(), i);
        }
        marks.flush(0.5);
        assertThat(seqs()).containsExactly(0L, 1L, 2L, 3L, 4L);
        marks.flush(1);
        marks.flush(1);
        assertThat(gateway.commands).hasSize(PER_SECOND);
        gateway.succeed();
        marks.flush(1);
        assertThat(gateway.commands).hasSize(PER_SECOND + 1);
    }

    @Test
    void whatFindsNoPlaceIsDroppedAndCounted() {
        for (int i = 0; i < ROOM + 3; i++) {
            marks.note(ReadMarksTest.member(), i);
        }
        assertThat(marks.size()).isEqualTo(ROOM);
        assertThat(meters.counter("parley.delivery.receipts.dropped").count()).isEqualTo(3);
    }

    @Test
    void failureThatMayPassIsTriedAgainForAWhileWithWhatCameMeanwhile() {
        marks.note(member, 1);
        marks.flush(1);
        marks.note(member, 2);
        gateway.fail(new NoHandlerForCommandException("nobody"));
        marks.flushAll();
        assertThat(seqs()).containsExactly(1L, 2L);
        gateway.fail(new NoHandlerForCommandException("nobody"));
        marks.flush(1);
        assertThat(seqs()).as("it rests").hasSize(2);
        marks.flushAll();
        gateway.fail(new NoHandlerForCommandException("nobody"));
        marks.flushAll();
        gateway.fail(new NoHandlerForCommandException("nobody"));
        assertThat(marks.size()).isZero();
        assertThat(meters.counter("parley.delivery.receipts.dropped").count()).isEqualTo(1);
    }

    @Test
    void refusalIsNotTriedAgain() {
        marks.note(member, 1);
        marks.flush(1);
        gateway.fail(new RejectedException(Rejection.invalid("seq", "no")));
        marks.flushAll();
        assertThat(gateway.commands).hasSize(1);
        assertThat(marks.size()).isZero();
    }

    @Test
    void largeConversationIsLeftOut() {
        gateway.large.add(member.conversation());
        marks.note(member, 1);
        marks.flush(1);
        marks.note(member, 2);
        assertThat(marks.size()).isZero();
        assertThat(gateway.commands).isEmpty();
    }
}
