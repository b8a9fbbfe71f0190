package dev.parley.axonserver.protocol;

import io.axoniq.axonserver.grpc.ErrorMessage;
import io.axoniq.axonserver.grpc.FlowControl;
import io.axoniq.axonserver.grpc.InstructionAck;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The stream of one client that handles commands or queries: subscriptions, permits and answers come in, work goes
/// out.
///
/// It knows the work that it has and that is not answered. When it ends, in whatever way, each of them hears of it
/// exactly once: [Work#returned()] if it was not sent, [Work#lost()] if it was.
///
/// @param <I> what the client sends
/// @param <O> what it is sent
public abstract class HandlerStream<I, O> implements StreamObserver<I> {

    private final ServerCallStreamObserver<O> out;
    private final Handlers<?> handlers;
    private final PermittedSender<O> sender;
    private final Set<Work<O>> unanswered = ConcurrentHashMap.newKeySet();
    private final Set<String> names = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean left = new AtomicBoolean();
    private volatile String clientId = "";

    /// To be made, and given to [Handlers#opened], while the call starts.
    protected HandlerStream(ServerCallStreamObserver<O> out, Handlers<?> handlers) {
        this.out = out;
        this.handlers = handlers;
        this.sender = new PermittedSender<>(out, handlers.limits().queuedPerClient());
    }

    /// Does what a message says.
    ///
    /// @return why it is refused, or null if it is done
    protected abstract @Nullable ErrorMessage take(I message);

    /// The identifier that a message is to be acknowledged with; empty if not at all.
    protected abstract String instructionOf(I message);

    /// An acknowledgement as the client gets it.
    protected abstract O acknowledgement(InstructionAck ack);

    /// Called once when the stream has ended, after it can get no more work and before its work hears of it.
    protected void ended() {}

    /// As in the first message that named it; empty until then.
    public final String clientId() {
        return clientId;
    }

    public final PermittedSender<O> sender() {
        return sender;
    }

    /// Whether the stream has ended, or is about to.
    public final boolean hasLeft() {
        return left.get();
    }

    /// Hands work over.
    public final Offer offer(Work<O> work) {
        unanswered.add(work);
        Offer offer = sender.offer(work);
        if (offer != Offer.TAKEN) {
            unanswered.remove(work);
        }
        return offer;
    }

    /// No answer is expected any more.
    public final void done(Work<O> work) {
        unanswered.remove(work);
    }

    /// Takes work back, whose answer nobody waits for.
    ///
    /// @return whether it was not sent
    public final boolean withdraw(Work<O> work) {
        unanswered.remove(work);
        return sender.withdraw(work);
    }

    @Override
    public final void onNext(I message) {
        ErrorMessage refusal = take(message);
        String instruction = instructionOf(message);
        if (!instruction.isEmpty()) {
            InstructionAck ack =
                    refusal == null ? Instructions.done(instruction) : Instructions.refused(instruction, refusal);
            sender.control(acknowledgement(ack));
        }
    }

    @Override
    public final void onError(Throwable t) {
        end("The client is gone");
    }

    @Override
    public final void onCompleted() {
        leave(sender::complete);
    }

    /// Ends the stream from this side. Any thread.
    public final void end(String why) {
        leave(() -> sender.fail(why));
    }

    /// The client says who it is; only the first time counts. One that handles something and does not say who it is
    /// is nobody else.
    protected final void identify(String id) {
        if (clientId.isEmpty()) {
            clientId = id.isEmpty() ? UUID.randomUUID().toString() : id;
        }
    }

    protected final void grant(FlowControl flow) {
        if (!flow.getClientId().isEmpty()) {
            identify(flow.getClientId());
        }
        sender.grant(flow.getPermits());
    }

    /// The client no longer handles a name, so what waits for its permits must go elsewhere.
    protected final void unsubscribe(String name, Predicate<Work<O>> ofTheName) {
        handlers.unsubscribe(this, name);
        giveBack(sender.withdraw(ofTheName));
    }

    final Set<String> names() {
        return names;
    }

    final void listen() {
        out.setOnReadyHandler(sender::ready);
        out.setOnCancelHandler(() -> end("The client is gone"));
    }

    /// Nothing new may come here before the queue is closed and its work moves on.
    private void leave(Supplier<List<Work<O>>> closing) {
        if (!left.compareAndSet(false, true)) {
            return;
        }
        handlers.remove(this);
        List<Work<O>> unsent = closing.get();
        ended();
        giveBack(unsent);
        List<Work<O>> sent = unanswered.stream().filter(Work::wasSent).toList();
        sent.forEach(unanswered::remove);
        sent.forEach(Work::lost);
    }

    private void giveBack(List<Work<O>> unsent) {
        for (Work<O> work : unsent) {
            if (unanswered.remove(work)) {
                work.returned();
            }
        }
    }
}
