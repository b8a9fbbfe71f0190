package dev.parley.delivery.gateway;

import dev.parley.delivery.DeliveryProperties;
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

/// The requests of one session. A bounded number waits for an answer; a further one is refused. Changes of one
/// conversation go one after the other, each when the one before is answered: Axon handles commands of one aggregate on
/// a pool of threads, where two in flight may change places. Reads wait beside them, since many of them become one
/// command. Thread-safe; nothing blocks but the first read of a conversation in a while, for one short query.
final class Requests {

    private enum Admission {
        DISPATCH,
        QUEUE,
        REFUSE,
        /// The socket is closed: nobody reads an answer.
        DROP
    }

    private final Commands commands;
    private final AccountId account;
    private final Consumer<ServerFrame> answers;
    private final Map<ConversationId, ArrayDeque<ClientFrame.Change>> waiting = new HashMap<>();
    private int inFlight;
    private int reading;
    private boolean closed;

    /// @param answers takes exactly one frame a request
    Requests(Commands commands, AccountId account, Consumer<ServerFrame> answers) {
        this.commands = commands;
        this.account = account;
        this.answers = answers;
    }

    void change(ClientFrame.Change frame) {
        switch (admit(frame)) {
            case DISPATCH -> dispatch(frame);
            case QUEUE, DROP -> {}
            case REFUSE -> refuse(frame);
        }
    }

    /// @param frame of a conversation of which the account is a member
    void read(ClientFrame.Read frame) {
        switch (admit()) {
            case DISPATCH ->
                commands.read(account, frame).thenAccept(answer -> {
                    answers.accept(answer);
                    readAnswered();
                });
            case QUEUE, DROP -> {}
            case REFUSE -> refuse(frame);
        }
    }

    /// From now on nothing is asked for; what waits for its turn never was. What is on its way stays so.
    synchronized void close() {
        closed = true;
        waiting.values().forEach(queue -> {
            inFlight -= queue.size();
            queue.clear();
        });
    }

    synchronized boolean isIdle() {
        return inFlight == 0 && reading == 0;
    }

    private synchronized Admission admit(ClientFrame.Change frame) {
        if (closed) {
            return Admission.DROP;
        }
        if (inFlight >= commands.limits().inFlight()) {
            return Admission.REFUSE;
        }
        inFlight++;
        ArrayDeque<ClientFrame.Change> queue = waiting.get(frame.conversation());
        if (queue != null) {
            queue.add(frame);
            return Admission.QUEUE;
        }
        waiting.put(frame.conversation(), new ArrayDeque<>(2));
        return Admission.DISPATCH;
    }

    private synchronized Admission admit() {
        if (closed) {
            return Admission.DROP;
        }
        if (reading >= commands.limits().reading()) {
            return Admission.REFUSE;
        }
        reading++;
        return Admission.DISPATCH;
    }

    private void dispatch(ClientFrame.Change frame) {
        commands.change(account, frame).thenAccept(answer -> {
            answers.accept(answer);
            ClientFrame.Change next = answered(frame.conversation());
            if (next != null) {
                dispatch(next);
            }
        });
    }

    private synchronized ClientFrame.@Nullable Change answered(ConversationId conversation) {
        inFlight--;
        ArrayDeque<ClientFrame.Change> queue = waiting.get(conversation);
        ClientFrame.Change next = queue == null ? null : queue.poll();
        if (next == null) {
            waiting.remove(conversation);
        }
        return next;
    }

    private synchronized void readAnswered() {
        reading--;
    }

    private void refuse(ClientFrame.Request frame) {
        DeliveryProperties.Send limits = commands.limits();
        answers.accept(Problem.unavailable(
                frame.id().toString(),
                "Too many requests wait for an answer",
                limits.retryAfter().toMillis()));
    }
}
