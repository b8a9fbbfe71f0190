package dev.parley.command.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.command.CommandSideProperties;
import dev.parley.command.dispatch.Refusal;
import dev.parley.command.dispatch.RejectionsKeepState;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.conversation.ConversationCommand.FindStanding;
import dev.parley.messages.conversation.ConversationCommand.RenameConversation;
import dev.parley.messages.conversation.ConversationCommand.SendMessage;
import dev.parley.messages.member.MemberCommand.MarkRead;
import dev.parley.messages.member.MemberCommand.MuteConversation;
import dev.parley.messages.member.MemberId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.ResultMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/// What a command has cost when it is over, in Axon's units of work.
class ChangeRatesTest {

    private static final int AN_ACCOUNT = 4;
    private static final int A_CONVERSATION = 6;
    private static final InterceptorChain DONE = () -> "done";
    private static final InterceptorChain STRANGER = () -> {
        throw new Refusal(RejectionCode.NOT_A_MEMBER, "They are not in it");
    };

    private final ConversationId tea = new ConversationId(UUID.randomUUID());
    private final AccountId alice = account();
    private final AccountId bob = account();
    private final ChangeRates rates = new ChangeRates(new ChangeLimits(
            new Binder(new MapConfigurationPropertySource(Map.of(
                            "limits.changes-per-account", AN_ACCOUNT + "/1h",
                            "limits.changes-per-conversation", A_CONVERSATION + "/1h",
                            "limits.marks-per-account", "2/1h")))
                    .bindOrCreate("limits", CommandSideProperties.Limits.class),
            new ClockInHand(),
            new SimpleMeterRegistry()));

    @Test
    void fiveStrangersExhaustThemselvesAndMembersStillSend() {
        for (AccountId stranger :
                Stream.generate(ChangeRatesTest::account).limit(5).toList()) {
            for (int i = 0; i < AN_ACCOUNT; i++) {
                assertThat(code(handle(send(stranger), STRANGER))).isEqualTo(RejectionCode.NOT_A_MEMBER);
            }
            assertThat(code(handle(send(stranger), STRANGER))).isEqualTo(RejectionCode.RATE_LIMITED);
        }
        for (int i = 0; i < AN_ACCOUNT; i++) {
            assertThat(handle(send(alice), DONE).isExceptional()).isFalse();
        }
        assertThat(handle(send(bob), DONE).isExceptional()).isFalse();
        assertThat(handle(send(bob), DONE).isExceptional()).isFalse();
        assertThat(code(handle(send(bob), DONE)))
                .as("what was sent has filled it")
                .isEqualTo(RejectionCode.RATE_LIMITED);
    }

    @Test
    void aCommandThatIsDecidedAgainIsCountedOnce() {
        for (int i = 0; i < 20; i++) {
            assertThat(conflict(send(alice)).exceptionResult()).isInstanceOf(ConcurrencyException.class);
        }
        for (int i = 0; i < AN_ACCOUNT; i++) {
            assertThat(handle(send(alice), DONE).isExceptional()).isFalse();
        }
        assertThat(code(handle(send(alice), DONE))).isEqualTo(RejectionCode.RATE_LIMITED);
    }

    @Test
    void aFaultCostsTheConversationNothing() {
        for (int i = 0; i < 10; i++) {
            ResultMessage<?> result = handle(send(account()), () -> {
                throw new IllegalStateException("A fault");
            });
            assertThat(result.exceptionResult()).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void whatMayBeStoredIsCountedAndWhatAsksIsNot() {
        MemberId member = new MemberId(tea, alice);
        Instant now = Instant.EPOCH;
        for (int i = 0; i < 2; i++) {
            assertThat(handle(new RenameConversation(tea, "Tea " + i, alice, now), DONE)
                            .isExceptional())
                    .isFalse();
            assertThat(handle(new MuteConversation(member, null, now), DONE).isExceptional())
                    .isFalse();
            assertThat(handle(new MarkRead(member, i, true, now), DONE).isExceptional())
                    .isFalse();
        }
        assertThat(code(handle(new MuteConversation(member, null, now), DONE))).isEqualTo(RejectionCode.RATE_LIMITED);
        assertThat(code(handle(new MarkRead(member, 9, true, now), DONE))).isEqualTo(RejectionCode.RATE_LIMITED);
        for (int i = 0; i < 100; i++) {
            assertThat(handle(new FindStanding(tea, alice, now), DONE).isExceptional())
                    .isFalse();
        }
    }

    private ResultMessage<?> handle(Object command, InterceptorChain handler) {
        CommandMessage<Object> message = GenericCommandMessage.asCommandMessage(command);
        DefaultUnitOfWork<CommandMessage<Object>> work = DefaultUnitOfWork.startAndGet(message);
        return work.executeWithResult(() -> rates.handle(work, handler), new RejectionsKeepState());
    }

    /// The store refuses when the unit of work is about to be committed.
    private ResultMessage<?> conflict(Object command) {
        CommandMessage<Object> message = GenericCommandMessage.asCommandMessage(command);
        DefaultUnitOfWork<CommandMessage<Object>> work = DefaultUnitOfWork.startAndGet(message);
        work.onPrepareCommit(committing -> {
            throw new ConcurrencyException("Somebody was first");
        });
        return work.executeWithResult(() -> rates.handle(work, DONE), new RejectionsKeepState());
    }

    private static RejectionCode code(ResultMessage<?> result) {
        Rejection rejection = Refusal.in(result.exceptionResult());
        return rejection == null ? null : rejection.code();
    }

    private SendMessage send(AccountId by) {
        return new SendMessage(tea, MessageId.at(0, UUID.randomUUID()), by, "hi", Instant.EPOCH);
    }

    private static AccountId account() {
        return new AccountId(UUID.randomUUID());
    }
}
