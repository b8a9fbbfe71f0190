package dev.parley.delivery.receipt;

import dev.parley.delivery.dispatch.CommandDispatch;
import dev.parley.messages.ConversationId;
import dev.parley.messages.member.MemberCommand;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.axonframework.commandhandling.CommandCallback;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.Registration;
import org.axonframework.messaging.MessageDispatchInterceptor;

/// A command side that answers when it is told to, and a clock whose time passes when it is told to.
final class ScriptedGateway implements CommandGateway {

    static final Instant NOW = Instant.parse("2026-01-02T03:04:05.000Z");

    final List<MemberCommand> commands = new ArrayList<>();
    final ArrayDeque<CompletableFuture<Object>> answers = new ArrayDeque<>();
    final ArrayDeque<Runnable> delayed = new ArrayDeque<>();
    final Set<ConversationId> large = new HashSet<>();

    MarkCommands marks() {
        CommandDispatch dispatch = new CommandDispatch(
                this,
                (delay, action) -> delayed.add(action),
                new CommandDispatch.Patience(Duration.ofMinutes(1), 3),
                new SimpleMeterRegistry());
        MemberCounts counts = (limit, conversations) -> conversations.stream()
                .collect(Collectors.toMap(conversation -> conversation, it -> large.contains(it) ? limit : 2));
        return new MarkCommands(dispatch, new ConversationSizes(counts, 100), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    /// The oldest command that waits is done.
    void succeed() {
        answers.remove().complete(null);
    }

    void fail(RuntimeException failure) {
        answers.remove().completeExceptionally(failure);
    }

    /// All that waits for its time is done.
    void pass() {
        List<Runnable> due = List.copyOf(delayed);
        delayed.clear();
        due.forEach(Runnable::run);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <R> CompletableFuture<R> send(Object command) {
        commands.add((MemberCommand) command);
        CompletableFuture<Object> answer = new CompletableFuture<>();
        answers.add(answer);
        return (CompletableFuture<R>) answer;
    }

    @Override
    public <C, R> void send(C command, CommandCallback<? super C, ? super R> callback) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <R> R sendAndWait(Object command) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <R> R sendAndWait(Object command, long timeout, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Registration registerDispatchInterceptor(MessageDispatchInterceptor<? super CommandMessage<?>> interceptor) {
        throw new UnsupportedOperationException();
    }
}
