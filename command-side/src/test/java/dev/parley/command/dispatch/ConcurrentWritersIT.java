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
/// routed anew. Only the store sees both. As many commands as were under way meet; while one node has more and more to
/// do, the other, which has to read first what it did not know, comes too late each time.
class ConcurrentWritersIT {

    private static final int ROUNDS = 12;
    private static final int WRITERS_A_NODE = 8;

    private final ConversationId group = new ConversationId(UUID.randomUUID());
    private final AccountId alice = new AccountId(UUID.randomUUID());

    @Test
    void writersOnTwoNodesSeeNoConflictAndLoseNothing() throws Exception {
        ApplicationContext shared = RealParts.commandSide();
        try (ConfigurableApplicationContext other = RealParts.startCommandSide();
                ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Commands> nodes = List.of(RealParts.commandsOnlyOn(shared), RealParts.commandsOnlyOn(other));
            nodes.getFirst()
                    .send(new StartConversation(group, ConversationKind.GROUP, "Tea", alice, List.of(), Instant.now()));
            Conflicts conflicts = Conflicts.countedOn(shared, other);

            List<Accepted> accepted = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                List<Future<Accepted>> atOnce = new ArrayList<>();
                for (int writer = 0; writer < 2 * WRITERS_A_NODE; writer++) {
                    Commands node = nodes.get(writer % 2);
                    atOnce.add(writers.submit(() -> write(node)));
                }
                for (Future<Accepted> one : atOnce) {
                    accepted.add(one.get());
                }
            }

            int messages = ROUNDS * 2 * WRITERS_A_NODE;
            assertThat(accepted)
                    .extracting(Accepted::seq)
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.rangeClosed(1, messages).boxed().toList());
            assertThat(stored(shared)).containsExactlyInAnyOrderElementsOf(accepted);
            assertThat(conflicts.count())
                    .as("the nodes did get in each other's way")
                    .isGreaterThanOrEqualTo(ROUNDS);
        }
    }

    private Accepted write(Commands node) {
        MessageId id = MessageId.at(System.currentTimeMillis(), UUID.randomUUID());
        return node.send(new SendMessage(group, id, alice, "hi", Instant.now()), Accepted.class);
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
