package dev.parley.delivery.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.RejectedException;
import dev.parley.messages.Rejection;
import dev.parley.messages.member.MemberCommand.MarkRead;
import dev.parley.messages.member.MemberId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ReadMarksTest {

    private final ScriptedGateway gateway = new ScriptedGateway();
    private final ReadMarks marks = new ReadMarks(
            gateway.marks(),
            new MarkMemory(100),
            (delay, action) -> gateway.delayed.add(action),
            Duration.ofSeconds(1));
    private final MemberId member = member();

    static MemberId member() {
        return new MemberId(new ConversationId(UUID.randomUUID()), new AccountId(UUID.randomUUID()));
    }

    private MarkRead command(long seq, boolean shared) {
        return new MarkRead(member, seq, shared, ScriptedGateway.NOW);
    }

    @Test
    void firstIsMarkedAtOnceAndThoseMeanwhileTogether() {
        List<CompletableFuture<Instant>> answers = new ArrayList<>();
        for (int seq = 0; seq < 100; seq++) {
            answers.add(marks.mark(member, seq == 50 ? 700 : seq));
        }
        assertThat(gateway.commands).containsExactly(command(0, true));
        gateway.succeed();
        assertThat(answers.getFirst()).isCompletedWithValue(ScriptedGateway.NOW);
        assertThat(answers.stream().filter(CompletableFuture::isDone)).hasSize(1);
        assertThat(gateway.commands).hasSize(1);
        gateway.pass();
        assertThat(gateway.commands).containsExactly(command(0, true), command(700, true));
        gateway.succeed();
        assertThat(answers).allMatch(answer -> answer.isDone() && !answer.isCompletedExceptionally());
        gateway.pass();
        assertThat(marks.size()).isZero();
    }

    @Test
    void whatIsReadAlreadyNeedsNoCommand() {
        CompletableFuture<Instant> first = marks.mark(member, 7);
        CompletableFuture<Instant> meanwhile = marks.mark(member, 5);
        gateway.succeed();
        gateway.pass();
        assertThat(first).isCompleted();
        assertThat(meanwhile).isCompleted();
        assertThat(marks.mark(member, 7)).isCompleted();
        assertThat(gateway.commands).containsExactly(command(7, true));
    }

    @Test
    void failureIsOfThoseThatWereToBeMarked() {
        CompletableFuture<Instant> first = marks.mark(member, 1);
        CompletableFuture<Instant> second = marks.mark(member, 2);
        gateway.fail(new IllegalStateException("broken"));
        assertThat(first).isCompletedExceptionally();
        assertThat(second).isNotDone();
        gateway.pass();
        gateway.succeed();
        assertThat(second).isCompleted();
    }

    @Test
    void readBeyondTheEndFailsNoOther() {
        marks.mark(member, 1);
        CompletableFuture<Instant> good = marks.mark(member, 5);
        CompletableFuture<Instant> bad = marks.mark(member, 900);
        CompletableFuture<Instant> better = marks.mark(member, 6);
        gateway.succeed();
        gateway.pass();
        gateway.fail(new RejectedException(Rejection.invalid("seq", "The conversation is not so long yet")));
        assertThat(bad).isCompletedExceptionally();
        assertThat(good).isNotDone();
        gateway.pass();
        gateway.succeed();
        assertThat(List.of(good, better)).allMatch(answer -> answer.isDone() && !answer.isCompletedExceptionally());
        assertThat(gateway.commands).containsExactly(command(1, true), command(900, true), command(6, true));
    }

    @Test
    void readOfALargeConversationIsNotShared() {
        gateway.large.add(member.conversation());
        marks.mark(member, 3);
        assertThat(gateway.commands).containsExactly(command(3, false));
    }
}
