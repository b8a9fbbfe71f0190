package dev.parley.axonserver.command;

import dev.parley.axonserver.protocol.ErrorCode;
import dev.parley.axonserver.protocol.Instructions;
import dev.parley.axonserver.protocol.Meters;
import dev.parley.axonserver.protocol.RoutingProperties;
import io.axoniq.axonserver.grpc.ProcessingKey;
import io.axoniq.axonserver.grpc.command.Command;
import io.axoniq.axonserver.grpc.command.CommandProviderInbound;
import io.axoniq.axonserver.grpc.command.CommandResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.micrometer.core.instrument.Counter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// Brings commands to their handlers and answers back. Every command is answered: by its handler, or with a failure
/// when there is no handler, the handler is lost, its queue is full or time is up. Thread-safe; nothing blocks.
public final class CommandRouter {

    private final CommandHandlers handlers = new CommandHandlers();
    private final Map<String, CommandInFlight> inFlight = new ConcurrentHashMap<>();
    private final RoutingProperties limits;
    private final Counter dispatched;

    public CommandRouter(RoutingProperties limits, Meters meters) {
        this.limits = limits;
        dispatched = meters.counter("commands", "Commands dispatched");
        meters.gauge("commands.inflight", "Commands not answered yet", inFlight, Map::size);
        meters.gauge("command.handlers", "Command handlers", handlers, CommandHandlers::count);
    }

    CommandHandlers handlers() {
        return handlers;
    }

    /// How many clients handle each command.
    public Map<String, Integer> handlerCounts() {
        return handlers.counts();
    }

    RoutingProperties limits() {
        return limits;
    }

    void dispatch(Command command, ServerCallStreamObserver<CommandResponse> reply) {
        dispatched.increment();
        long timeout = Instructions.number(
                command.getProcessingInstructionsList(),
                ProcessingKey.TIMEOUT,
                limits.commandTimeout().toMillis());
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeout);
        CommandInFlight call = new CommandInFlight(command, reply, deadline);
        if (inFlight.putIfAbsent(call.id(), call) != null) {
            call.fail(ErrorCode.COMMAND_DISPATCH, "A command with this identifier is already under way");
            return;
        }
        reply.setOnCancelHandler(() -> {
            inFlight.remove(call.id(), call);
            call.withdraw();
        });
        route(call);
    }

    /// An answer of a handler. Late and repeated ones are ignored.
    void answered(CommandResponse response) {
        CommandInFlight call = inFlight.remove(response.getRequestIdentifier());
        if (call != null) {
            call.answer(response);
        }
    }

    /// A handler's stream is gone. What it had not been sent yet moves on to another handler; the rest fails, since
    /// it may have been handled.
    ///
    /// @param unsent what it had not been sent
    void lost(CommandStream stream, List<CommandProviderInbound> unsent) {
        for (CommandInFlight call : inFlight.values()) {
            if (!call.isHandledBy(stream)) {
                continue;
            }
            if (unsent.stream().anyMatch(message -> message == call.message())) {
                route(call);
            } else {
                fail(call, ErrorCode.COMMAND_HANDLER_LOST, "The handler's connection was lost before it answered");
            }
        }
    }

    /// Fails the commands whose time is up. To be called now and then.
    public void expire() {
        long now = System.nanoTime();
        for (CommandInFlight call : inFlight.values()) {
            if (call.isOverdue(now)) {
                call.withdraw();
                fail(call, ErrorCode.COMMAND_DISPATCH, "The command was not answered in time");
            }
        }
    }

    private void route(CommandInFlight call) {
        Command command = call.command();
        String key = Instructions.text(
                command.getProcessingInstructionsList(), ProcessingKey.ROUTING_KEY, command.getMessageIdentifier());
        CommandStream stream = handlers.find(command.getName(), key);
        while (stream != null) {
            call.assign(stream);
            if (stream.sender().offer(call.message())) {
                return;
            }
            CommandStream next = handlers.find(command.getName(), key);
            if (next == stream) {
                fail(
                        call,
                        ErrorCode.COMMAND_DISPATCH,
                        "Too many commands wait for the handler of " + command.getName());
                return;
            }
            stream = next;
        }
        fail(call, ErrorCode.NO_HANDLER_FOR_COMMAND, "No handler for command " + command.getName());
    }

    private void fail(CommandInFlight call, ErrorCode code, String why) {
        if (inFlight.remove(call.id(), call)) {
            call.fail(code, why);
        }
    }
}
