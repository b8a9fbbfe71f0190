package dev.parley.command.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.command.RealParts;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.messages.conversation.Accepted;
import dev.parley.messages.conversation.ConversationCommand.SendMessage;
import dev.parley.messages.conversation.ConversationCommand.StartConversation;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.messages.conversation.ConversationKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/// Two nodes that both hold a conversation in memory and decide for it at the same time: what happens when commands are
/// routed anew. Only the store sees both.
class ConcurrentWritersIT {

    private static final int WRITERS_A_NODE = 4;
    private static final int MESSAGES_A_WRITER = 40;

    private final ConversationId group = new ConversationId(UUID.randomUUID());
    private final AccountId alice = new AccountId(UUID.randomUUID());

    @Test
    void writersOnTwoNodesSeeNoConflictAndLoseNothing() throws Exception {
        ApplicationContext one = RealParts.commandSide();
        try (ConfigurableApplicationContext other = RealParts.startCommandSide();
                ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Commands> nodes = List.of(RealParts.commandsOnlyOn(one), RealParts.commandsOnlyOn(other));
            nodes.getFirst()
                    .send(new StartConversation(group, ConversationKind.GROUP, "Tea", alice, List.of(), Instant.now()));
            Conflicts conflicts = Conflicts.countedOn(one, other);

            List<Future<List<Accepted>>> running = new ArrayList<>();
            for (int writer = 0; writer < 2 * WRITERS_A_NODE; writer++) {
                Commands node = nodes.get(writer % 2);
                running.add(writers.submit(() -> write(node)));
            }
            List<Accepted> accepted = new ArrayList<>();
            for (Future<List<Accepted>> writer : running) {
                accepted.addAll(writer.get());
            }

            int messages = 2 * WRITERS_A_NODE * MESSAGES_A_WRITER;
            assertThat(accepted)
                    .extracting(Accepted::seq)
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.rangeClosed(1, messages).boxed().toList());
            assertThat(stored(one)).containsExactlyInAnyOrderElementsOf(accepted);
            assertThat(conflicts.count())
                    .as("the nodes did get in each other's way")
                    .isGreaterThan(10);
        }
    }

    private List<Accepted> write(Commands node) {
        List<Accepted> accepted = new ArrayList<>();
        for (int i = 0; i < MESSAGES_A_WRITER; i++) {
            MessageId id = MessageId.at(System.currentTimeMillis(), UUID.randomUUID());
            accepted.add(node.send(new SendMessage(group, id, alice, "hi", Instant.now()), Accepted.class));
        }
        return accepted;
    }

    private List<Accepted> stored(ApplicationContext commandSide) {
        EventStore store = commandSide.getBean(EventStore.class);
        return store.readEvents(group.toString(), 0)
                .asStream()
                .filter(event -> event.getPayload() instanceof MessageSent)
                .map(ConcurrentWritersIT::accepted)
                .toList();
    }

    private static Accepted accepted(DomainEventMessage<?> event) {
        MessageSent sent = (MessageSent) event.getPayload();
        return new Accepted(sent.message(), sent.conversation(), event.getSequenceNumber(), sent.at());
    }
}
