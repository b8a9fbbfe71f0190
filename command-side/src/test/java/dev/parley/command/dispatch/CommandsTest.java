package dev.parley.command.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.messages.RejectedException;
import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.axonframework.axonserver.connector.ErrorCode;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.NoHandlerForCommandException;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CommandsTest {

    private final SimpleCommandBus bus = SimpleCommandBus.builder().build();
    private final CommandGateway gateway =
            DefaultCommandGateway.builder().commandBus(bus).build();
    private final Commands commands = new Commands(gateway);
    private final Deque<Object> outcomes = new ArrayDeque<>();
    private int handled;

    @Test
    void theAnswerComesBack() {
        willEnd("answer");
        assertThat(commands.send("command", String.class)).isEqualTo("answer");
    }

    @Test
    void aRefusalKeepsItsCodeAndField() {
        Rejection rejection = Rejection.invalid("body", "A message is not blank");
        willEnd(new Refusal(rejection));
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> commands.send("command"))
                .satisfies(refused -> assertThat(refused.rejection()).isEqualTo(rejection));
        assertThat(handled).isEqualTo(1);
    }

    static List<Exception> conflicts() {
        return List.of(
                new ConcurrencyException("another came in between"),
                new CommandExecutionException("OUT_OF_RANGE: Invalid sequence number 2, expected 3", null),
                new CommandExecutionException("OUT_OF_RANGE: [AXONIQ-2000] Invalid sequence number 5", null));
    }

    @ParameterizedTest
    @MethodSource("conflicts")
    void aConflictIsDecidedAgain(Exception conflict) {
        willEnd(conflict, conflict, "answer");
        assertThat(commands.send("command", String.class)).isEqualTo("answer");
        assertThat(handled).isEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("conflicts")
    void endlessConflictsEnd(Exception conflict) {
        willEnd(Collections.nCopies(100, conflict).toArray());
        Commands impatient = new Commands(gateway, Duration.ofMillis(100));
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> impatient.send("command"))
                .matches(refused -> refused.rejection().code() == RejectionCode.UNAVAILABLE);
        assertThat(handled).as("attempts with pauses between them").isBetween(2, 25);
    }

    static List<Exception> absences() {
        return List.of(
                new NoHandlerForCommandException(GenericCommandMessage.asCommandMessage("command")),
                new CommandExecutionException("Timeout while executing request", null),
                new CommandExecutionException("UNAVAILABLE: io exception", null),
                (Exception) ErrorCode.COMMAND_DISPATCH_ERROR.convert(new IllegalStateException("gone")),
                (Exception) ErrorCode.CONNECTION_FAILED.convert(new IllegalStateException("gone")));
    }

    @ParameterizedTest
    @MethodSource("absences")
    void whatNobodyHandlesIsUnavailable(Exception absence) {
        willEnd(absence);
        refusesAs(RejectionCode.UNAVAILABLE);
        assertThat(handled).isEqualTo(1);
    }

    @Test
    void aFaultStaysAFault() {
        willEnd(new IllegalStateException("a mistake"));
        assertThatThrownBy(() -> commands.send("command")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatDoesNotExistIsNotFound() {
        var _ = bus.registerHandlerInterceptor(new AbsentAggregates());
        willEnd(new AggregateNotFoundException("id", "not there"));
        refusesAs(RejectionCode.NOT_FOUND);
    }

    private void refusesAs(RejectionCode code) {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> commands.send("command"))
                .matches(refused -> refused.rejection().code() == code);
    }

    private void willEnd(Object... ends) {
        outcomes.addAll(List.of(ends));
        var _ = bus.subscribe(String.class.getName(), message -> {
            handled++;
            Object outcome = outcomes.removeFirst();
            if (outcome instanceof Exception failure) {
                throw failure;
            }
            return outcome;
        });
    }
}
