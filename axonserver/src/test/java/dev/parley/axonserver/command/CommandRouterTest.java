package dev.parley.axonserver.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.axonserver.protocol.Meters;
import dev.parley.axonserver.protocol.RecordedCall;
import dev.parley.axonserver.protocol.RoutingProperties;
import io.axoniq.axonserver.grpc.FlowControl;
import io.axoniq.axonserver.grpc.MetaDataValue;
import io.axoniq.axonserver.grpc.ProcessingInstruction;
import io.axoniq.axonserver.grpc.ProcessingKey;
import io.axoniq.axonserver.grpc.command.Command;
import io.axoniq.axonserver.grpc.command.CommandProviderInbound;
import io.axoniq.axonserver.grpc.command.CommandProviderOutbound;
import io.axoniq.axonserver.grpc.command.CommandResponse;
import io.axoniq.axonserver.grpc.command.CommandSubscription;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What becomes of commands whose handlers come, go, misbehave or say nothing.
class CommandRouterTest {

    private static final int QUEUE = 4;
    private static final int SUBSCRIPTIONS = 50;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final CommandRouter router = new CommandRouter(
            new RoutingProperties(QUEUE, SUBSCRIPTIONS, Duration.ofMinutes(1), Duration.ofMinutes(1), 10, 10),
            new Meters(registry, "default"));

    /// A client that handles commands, without a network.
    private final class Client {

        final RecordedCall<CommandProviderInbound> call = new RecordedCall<>();
        final CommandStream stream = router.handlers().opened(new CommandStream(router, call));
        final String id;

        Client(String id, long permits) {
            this.id = id;
            stream.onNext(CommandProviderOutbound.newBuilder()
                    .setFlowControl(FlowControl.newBuilder().setClientId(id).setPermits(permits))
                    .build());
        }

        Client handles(String name, int load) {
            stream.onNext(CommandProviderOutbound.newBuilder()
                    .setInstructionId("subscribe")
                    .setSubscribe(subscription(name).setLoadFactor(load))
                    .build());
            return this;
        }

        void unsubscribe(String name) {
            stream.onNext(CommandProviderOutbound.newBuilder()
                    .setUnsubscribe(subscription(name))
                    .build());
        }

        void answer(String request) {
            stream.onNext(CommandProviderOutbound.newBuilder()
                    .setCommandResponse(CommandResponse.newBuilder()
                            .setMessageIdentifier(id)
                            .setRequestIdentifier(request))
                    .build());
        }

        List<String> commands() {
            return call.sent().stream()
                    .filter(CommandProviderInbound::hasCommand)
                    .map(message -> message.getCommand().getMessageIdentifier())
                    .toList();
        }

        boolean lastRefused() {
            return call.sent().getLast().getAck().hasError();
        }

        private CommandSubscription.Builder subscription(String name) {
            return CommandSubscription.newBuilder().setCommand(name).setClientId(id);
        }
    }

    private RecordedCall<CommandResponse> send(String id, ProcessingKey key, long value) {
        RecordedCall<CommandResponse> reply = new RecordedCall<>();
        router.dispatch(
                Command.newBuilder()
                        .setMessageIdentifier(id)
                        .setName("Do")
                        .addProcessingInstructions(ProcessingInstruction.newBuilder()
                                .setKey(key)
                                .setValue(MetaDataValue.newBuilder().setNumberValue(value)))
                        .build(),
                reply);
        return reply;
    }

    private RecordedCall<CommandResponse> send(String id) {
        return send(id, ProcessingKey.PRIORITY, 0);
    }

    private static String outcome(RecordedCall<CommandResponse> reply) {
        assertThat(reply.sent()).hasSize(1);
        assertThat(reply.isCompleted()).isTrue();
        return reply.sent().getFirst().getErrorCode();
    }

    private double inFlight() {
        return registry.get("parley.axonserver.commands.inflight").gauge().value();
    }

    @Test
    void highPriorityOvertakesWhatWaits() {
        Client handler = new Client("a", 1).handles("Do", 100);
        send("sent");
        send("low");
        send("high", ProcessingKey.PRIORITY, 10);
        handler.stream.sender().grant(2);
        assertThat(handler.commands()).containsExactly("sent", "high", "low");
    }

    @Test
    void unsentCommandsOfALostHandlerMoveOnAndSentOnesFail() {
        Client lost = new Client("a", 1).handles("Do", 100);
        RecordedCall<CommandResponse> sent = send("sent");
        RecordedCall<CommandResponse> unsent = send("unsent");
        Client other = new Client("b", 9).handles("Do", 100);
        lost.call.cancel();
        assertThat(outcome(sent)).isEqualTo("AXONIQ-4001");
        assertThat(other.commands()).containsExactly("unsent");
        other.answer("unsent");
        assertThat(outcome(unsent)).isEmpty();
        assertThat(inFlight()).isZero();
    }

    @Test
    void unsentCommandsOfTheLastHandlerFail() {
        Client lost = new Client("a", 0).handles("Do", 100);
        RecordedCall<CommandResponse> unsent = send("unsent");
        lost.stream.onCompleted();
        assertThat(outcome(unsent)).isEqualTo("AXONIQ-4000");
    }

    @Test
    void unsubscribedHandlerGivesBackWhatItHasNotBeenSent() {
        Client first = new Client("a", 1).handles("Do", 100);
        RecordedCall<CommandResponse> sent = send("sent");
        send("unsent");
        Client other = new Client("b", 9).handles("Do", 100);
        first.unsubscribe("Do");
        assertThat(other.commands()).containsExactly("unsent");
        first.answer("sent");
        assertThat(outcome(sent)).isEmpty();
    }

    @Test
    void repeatedLateAndForeignAnswersAreIgnored() {
        Client handler = new Client("a", 9).handles("Do", 100);
        Client stranger = new Client("b", 9);
        RecordedCall<CommandResponse> reply = send("one");
        stranger.answer("one");
        assertThat(reply.sent()).isEmpty();
        handler.answer("one");
        handler.answer("one");
        handler.answer("never sent");
        assertThat(outcome(reply)).isEmpty();
        handler.call.cancel();
        assertThat(outcome(reply)).isEmpty();
    }

    @Test
    void cancelledCommandIsNotSentAndOwesNoAnswer() {
        Client handler = new Client("a", 1).handles("Do", 100);
        RecordedCall<CommandResponse> sent = send("sent");
        RecordedCall<CommandResponse> unsent = send("unsent");
        unsent.cancel();
        sent.cancel();
        handler.stream.sender().grant(9);
        handler.answer("sent");
        assertThat(handler.commands()).containsExactly("sent");
        assertThat(sent.sent()).isEmpty();
        assertThat(inFlight()).isZero();
    }

    @Test
    void overdueCommandFailsAndIsNotSentLater() {
        Client handler = new Client("a", 0).handles("Do", 100);
        RecordedCall<CommandResponse> reply = send("late", ProcessingKey.TIMEOUT, Long.MIN_VALUE);
        RecordedCall<CommandResponse> patient = send("patient", ProcessingKey.TIMEOUT, Long.MAX_VALUE);
        router.expire();
        assertThat(outcome(reply)).isEqualTo("AXONIQ-4003");
        handler.stream.sender().grant(9);
        assertThat(handler.commands()).containsExactly("patient");
        assertThat(patient.sent()).isEmpty();
    }

    @Test
    void fullQueueFailsTheNewcomerOnly() {
        Client handler = new Client("a", 0).handles("Do", 100);
        for (int i = 0; i < QUEUE; i++) {
            send("waits " + i);
        }
        assertThat(outcome(send("too many"))).isEqualTo("AXONIQ-4003");
        handler.stream.sender().grant(9);
        assertThat(handler.commands()).hasSize(QUEUE);
    }

    @Test
    void identifierThatIsUnderWayIsRefusedAndTheFirstGoesOn() {
        Client handler = new Client("a", 9).handles("Do", 100);
        RecordedCall<CommandResponse> first = send("same");
        assertThat(outcome(send("same"))).isEqualTo("AXONIQ-4003");
        handler.answer("same");
        assertThat(outcome(first)).isEmpty();
        assertThat(handler.commands()).hasSize(1);
    }

    @Test
    void newStreamOfAClientTakesOverAndStaysWhenTheOldOneEnds() {
        Client old = new Client("same", 9).handles("Do", 100);
        Client young = new Client("same", 9).handles("Do", 100);
        send("one");
        old.call.cancel();
        send("two");
        assertThat(old.commands()).isEmpty();
        assertThat(young.commands()).containsExactly("one", "two");
    }

    @Test
    void oldStreamOfAClientServesAgainWhenTheNewOneEnds() {
        Client old = new Client("same", 9).handles("Do", 100);
        Client young = new Client("same", 9).handles("Do", 100);
        young.call.cancel();
        send("one");
        assertThat(old.commands()).containsExactly("one");
    }

    @Test
    void endedStreamCannotSubscribe() {
        Client ended = new Client("a", 9);
        ended.stream.end("dead");
        ended.handles("Do", 100);
        assertThat(outcome(send("one"))).isEqualTo("AXONIQ-4000");
        assertThat(router.handlers().count()).isZero();
    }

    @Test
    void anyLoadFactorIsTaken() {
        new Client("zero", 9).handles("Do", 0);
        new Client("negative", 9).handles("Do", Integer.MIN_VALUE);
        Client huge = new Client("huge", 999).handles("Do", Integer.MAX_VALUE);
        for (int i = 0; i < 100; i++) {
            send(UUID.randomUUID().toString());
        }
        assertThat(huge.commands()).hasSizeGreaterThan(90);
    }

    @Test
    void namesAndTheirNumberAreBounded() {
        Client hostile = new Client("a", 9);
        assertThat(hostile.handles("", 1).lastRefused()).isTrue();
        assertThat(hostile.handles("x".repeat(5_000), 1).lastRefused()).isTrue();
        for (int i = 0; i < SUBSCRIPTIONS; i++) {
            assertThat(hostile.handles("name" + i, 1).lastRefused()).isFalse();
        }
        assertThat(hostile.handles("one more", 1).lastRefused()).isTrue();
        assertThat(hostile.handles("name7", 1).lastRefused()).isFalse();
        assertThat(router.handlers().count()).isEqualTo(SUBSCRIPTIONS);
        hostile.call.cancel();
        assertThat(router.handlers().count()).isZero();
    }

    @Test
    void clientThatDoesNotReadLosesItsStream() {
        Client deaf = new Client("a", 9);
        deaf.call.stopReading();
        for (int i = 0; i < 11_000; i++) {
            deaf.handles("Do", 100);
        }
        router.expire();
        assertThat(deaf.call.failure()).isNotNull();
        assertThat(outcome(send("one"))).isEqualTo("AXONIQ-4000");
    }

    @Test
    void latencyIsMeasured() {
        Client handler = new Client("a", 9).handles("Do", 100);
        send("one");
        handler.answer("one");
        assertThat(registry.get("parley.axonserver.command.latency").timer().count())
                .isEqualTo(1);
    }
}
