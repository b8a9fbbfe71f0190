package dev.parley.axonserver.command;

import dev.parley.axonserver.protocol.ErrorCode;
import dev.parley.axonserver.protocol.Handlers;
import dev.parley.axonserver.protocol.Instructions;
import dev.parley.axonserver.protocol.Meters;
import dev.parley.axonserver.protocol.Offer;
import dev.parley.axonserver.protocol.RoutingProperties;
import io.axoniq.axonserver.grpc.ProcessingKey;
import io.axoniq.axonserver.grpc.command.Command;
import io.axoniq.axonserver.grpc.command.CommandResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// Brings commands to their handlers and answers back. Every command is answered: by its handler, or with a failure
/// when there is no handler, the handler is lost, its queue is full or time is up. Thread-safe; nothing blocks.
///
/// A command that waits for the permits of its handler goes out by its priority, and moves on to another handler if
/// that one leaves. One that was sent is never sent again.
public final class CommandRouter {

    private final Handlers<CommandStream> handlers;
    private final Map<String, CommandInFlight> inFlight = new ConcurrentHashMap<>();
    private final RoutingProperties limits;
    private final Counter dispatched;
    private final Timer latency;

    public CommandRouter(RoutingProperties limits, Meters meters) {
        this.limits = limits;
        handlers = new Handlers<>(limits);
        dispatched = meters.counter("commands", "Commands dispatched");
        latency = meters.timer("command.latency", "From the dispatch of a command to its handler's answer");
        meters.gauge("commands.inflight", "Commands not answered yet", inFlight, Map::size);
        meters.gauge("command.handlers", "Command handlers", handlers, Handlers::count);
    }

    Handlers<CommandStream> handlers() {
        return handlers;
    }

    /// How many clients handle each command.
    public Map<String, Integer> handlerCounts() {
        return handlers.counts();
    }

    void dispatch(Command command, ServerCallStreamObserver<CommandResponse> reply) {
        dispatched.increment();
        long timeout = Instructions.timeout(command.getProcessingInstructionsList(), limits.commandTimeout());
        CommandInFlight call = new CommandInFlight(this, command, reply, System.nanoTime(), timeout);
        if (inFlight.putIfAbsent(call.id(), call) != null) {
            call.fail(ErrorCode.COMMAND_DISPATCH, "A command with this identifier is already under way");
            return;
        }
        reply.setOnCancelHandler(() -> {
            inFlight.remove(call.id(), call);
            call.cancel();
        });
        route(call);
    }

    /// An answer of a handler. Late and repeated ones are ignored, and those of others than it was sent to.
    void answered(CommandStream handler, CommandResponse response) {
        CommandInFlight call = inFlight.get(response.getRequestIdentifier());
        if (call != null && call.isHandledBy(handler) && inFlight.remove(call.id(), call)) {
            call.answer(response);
            latency.record(System.nanoTime() - call.start(), TimeUnit.NANOSECONDS);
        }
    }

    /// Fails the commands whose time is up. To be called now and then.
    public void expire() {
        long now = System.nanoTime();
        for (CommandInFlight call : inFlight.values()) {
            if (call.isOverdue(now)) {
                fail(call, ErrorCode.COMMAND_DISPATCH, "The command was not answered in time");
            }
        }
        handlers.dropUnread();
    }

    /// Finds a handler, for a command that none has.
    void route(CommandInFlight call) {
        Command command = call.command();
        String name = command.getName();
        String key = Instructions.text(
                command.getProcessingInstructionsList(), ProcessingKey.ROUTING_KEY, command.getMessageIdentifier());
        CommandStream stream = Rendezvous.pick(handlers.serving(name), key);
        Offer offer = Offer.CLOSED;
        while (stream != null && offer == Offer.CLOSED) {
            offer = call.offerTo(stream);
            if (offer == Offer.CLOSED) {
                handlers.remove(stream);
                stream = Rendezvous.pick(handlers.serving(name), key);
            }
        }
        switch (offer) {
            case TAKEN -> {}
            case FULL -> fail(call, ErrorCode.COMMAND_DISPATCH, "Too many commands wait for the handler of " + name);
            case CLOSED -> fail(call, ErrorCode.NO_HANDLER_FOR_COMMAND, "No Handler for command: " + name);
        }
    }

    void fail(CommandInFlight call, ErrorCode code, String why) {
        if (inFlight.remove(call.id(), call)) {
            call.fail(code, why);
        }
    }
}
