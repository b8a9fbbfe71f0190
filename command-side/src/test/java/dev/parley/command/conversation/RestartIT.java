package dev.parley.command.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.command.RealParts;
import dev.parley.command.dispatch.Commands;
import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.messages.conversation.Accepted;
import dev.parley.messages.conversation.ConversationCommand.SendMessage;
import dev.parley.messages.conversation.ConversationCommand.StartConversation;
import dev.parley.messages.conversation.ConversationKind;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/// What a conversation knows outlives the process that handles its commands.
class RestartIT {

    private static final int SNAPSHOT_EVERY = 10;

    private final ConversationId group = new ConversationId(UUID.randomUUID());
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final List<MessageId> ids = IntStream.range(0, 25)
            .mapToObj(i -> MessageId.at(now.toEpochMilli() + i, UUID.randomUUID()))
            .toList();

    @Test
    void repeatsAreKnownAfterARestartFromASnapshot() {
        Accepted early;
        Accepted late;
        try (ConfigurableApplicationContext first = start()) {
            Commands commands = RealParts.commandsOnlyOn(first);
            commands.send(
                    new StartConversation(group, ConversationKind.GROUP, "Tea", Ids.ALICE, List.of(Ids.BOB), now));
            early = send(commands, 0);
            for (int i = 1; i < ids.size() - 1; i++) {
                send(commands, i);
            }
            late = send(commands, ids.size() - 1);
            EventStore store = first.getBean(EventStore.class);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> store.readEvents(group.toString()).peek().getPayloadType() == Conversation.class);
        }
        try (ConfigurableApplicationContext second = start()) {
            Commands commands = RealParts.commandsOnlyOn(second);
            assertThat(send(commands, 0)).isEqualTo(early);
            assertThat(send(commands, ids.size() - 1)).isEqualTo(late);
            assertThat(second.getBean(EventStore.class).lastSequenceNumberFor(group.toString()))
                    .hasValue(late.seq());
        }
    }

    private ConfigurableApplicationContext start() {
        return RealParts.startCommandSide("parley.command-side.snapshot-every=" + SNAPSHOT_EVERY);
    }

    private Accepted send(Commands commands, int number) {
        return commands.send(new SendMessage(group, ids.get(number), Ids.BOB, "body " + number, now), Accepted.class);
    }
}
