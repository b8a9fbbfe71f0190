package dev.parley.delivery.gateway;

import dev.parley.delivery.frames.ClientFrame;
import dev.parley.delivery.frames.ServerFrame;
import dev.parley.delivery.frames.ServerFrame.Problem;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The sends of one session. A bounded number waits for an answer; a further one is refused. Those to one conversation
/// go one after the other, each when the one before is answered: Axon handles commands of one aggregate on a pool of
/// threads, where two in flight may change places. Thread-safe; nothing blocks.
final class Sends {

    private enum Admission {
        DISPATCH,
        QUEUE,
        REFUSE,
        /// The socket is closed: nobody reads an answer.
        DROP
    }

    private final Commands commands;
    private final AccountId sender;
    private final Consumer<ServerFrame> answers;
    private final Map<ConversationId, ArrayDeque<ClientFrame.Send>> waiting = new HashMap<>();
    private int inFlight;
    private boolean closed;

    /// @param answers takes exactly one frame a send
    Sends(Commands commands, AccountId sender, Consumer<ServerFrame> answers) {
        this.commands = commands;
        this.sender = sender;
        this.answers = answers;
    }

    void send(ClientFrame.Send frame) {
        switch (admit(frame)) {
            case DISPATCH -> dispatch(frame);
            case QUEUE, DROP -> {}
            case REFUSE ->
                answers.accept(Problem.unavailable(
                        frame.id().toString(),
                        "Too many sends wait for an answer",
                        commands.limits().retryAfter().toMillis()));
        }
    }

    /// From now on nothing is sent; what waits for its turn never was. What is on its way stays so.
    synchronized void close() {
        closed = true;
        waiting.values().forEach(queue -> {
            inFlight -= queue.size();
            queue.clear();
        });
    }

    synchronized boolean isIdle() {
        return inFlight == 0;
    }

    private synchronized Admission admit(ClientFrame.Send frame) {
        if (closed) {
            return Admission.DROP;
        }
        if (inFlight >= commands.limits().inFlight()) {
            return Admission.REFUSE;
        }
        inFlight++;
        ArrayDeque<ClientFrame.Send> queue = waiting.get(frame.conversation());
        if (queue != null) {
            queue.add(frame);
            return Admission.QUEUE;
        }
        waiting.put(frame.conversation(), new ArrayDeque<>(2));
        return Admission.DISPATCH;
    }

    private void dispatch(ClientFrame.Send frame) {
        commands.send(sender, frame).thenAccept(answer -> {
            answers.accept(answer);
            ClientFrame.Send next = answered(frame.conversation());
            if (next != null) {
                dispatch(next);
            }
        });
    }

    private synchronized ClientFrame.@Nullable Send answered(ConversationId conversation) {
        inFlight--;
        ArrayDeque<ClientFrame.Send> queue = waiting.get(conversation);
        ClientFrame.Send next = queue == null ? null : queue.poll();
        if (next == null) {
            waiting.remove(conversation);
        }
        return next;
    }
}
