package dev.parley.benchmarks;

import com.google.protobuf.ByteString;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.messages.conversation.ConversationCommand.SendMessage;
import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.messages.conversation.ConversationEvent.ConversationStarted;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.messages.conversation.ConversationKind;
import dev.parley.messages.conversation.Member;
import dev.parley.messages.conversation.MemberRole;
import dev.parley.messages.serialization.ParleySerializer;
import io.axoniq.axonserver.connector.AxonServerConnection;
import io.axoniq.axonserver.connector.AxonServerConnectionFactory;
import io.axoniq.axonserver.connector.impl.ServerAddress;
import io.axoniq.axonserver.grpc.event.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import org.axonframework.serialization.SerializedObject;

/// A conversation whose facts are written past the command side, as fast as the store takes them. Ids and times rise by
/// 10 ms a message up to now.
final class LongConversation implements AutoCloseable {

    private static final String AGGREGATE = "dev.parley.command.conversation.Conversation";
    private static final AccountId OWNER = account(0);
    private static final int BATCH = 1_000;
    private static final int MILLIS_APART = 10;
    private static final long BEGAN_MILLIS_AGO = 100_000_000;

    private final ParleySerializer serializer = ParleySerializer.create();
    private final ConversationId id = new ConversationId(UUID.randomUUID());
    private final Instant began = Instant.now().minusMillis(BEGAN_MILLIS_AGO);
    private final AxonServerConnectionFactory client;
    private final AxonServerConnection connection;
    private final List<Member> members;
    private long length;
    private SendMessage last = message(id);

    private LongConversation(ServerAddress node, int members) {
        client = AxonServerConnectionFactory.forClient("benchmark", "benchmark-" + UUID.randomUUID())
                .routingServers(node)
                .build();
        connection = client.connect("default");
        this.members = LongStream.range(0, members)
                .mapToObj(i -> new Member(account(i), i == 0 ? MemberRole.OWNER : MemberRole.MEMBER))
                .toList();
    }

    /// @param node as `host:port`
    static LongConversation at(String node, int members) {
        int colon = node.lastIndexOf(':');
        return new LongConversation(
                new ServerAddress(node.substring(0, colon), Integer.parseInt(node.substring(colon + 1))), members);
    }

    ConversationId id() {
        return id;
    }

    /// One that no conversation has seen.
    static SendMessage message(ConversationId conversation) {
        MessageId message = MessageId.at(System.currentTimeMillis(), UUID.randomUUID());
        return new SendMessage(conversation, message, OWNER, "the quick brown fox", Instant.now());
    }

    /// The last one of [#fill] once more.
    SendMessage repeated() {
        return last;
    }

    /// Appends so many events.
    void fill(int events) throws Exception {
        long start = System.nanoTime();
        List<Event> batch = new ArrayList<>(BATCH);
        for (int i = 0; i < events; i++) {
            batch.add(next());
            if (batch.size() == BATCH || i == events - 1) {
                connection
                        .eventChannel()
                        .appendEvents(batch.toArray(Event[]::new))
                        .get();
                batch.clear();
            }
        }
        System.out.printf("  %-32s %8.0f/s%n", events + " events", events / ((System.nanoTime() - start) / 1e9));
    }

    private Event next() {
        Instant at = began.plusMillis(MILLIS_APART * length);
        ConversationEvent fact;
        if (length == 0) {
            fact = new ConversationStarted(id, ConversationKind.GROUP, "benchmark", OWNER, members, at);
        } else {
            AccountId sender = members.get((int) (length % members.size())).account();
            MessageId message = MessageId.at(at.toEpochMilli(), UUID.randomUUID());
            last = new SendMessage(id, message, sender, "the quick brown fox ".repeat(5) + length, at);
            fact = new MessageSent(id, message, sender, last.body(), at);
        }
        SerializedObject<byte[]> payload = serializer.serialize(fact, byte[].class);
        return Event.newBuilder()
                .setMessageIdentifier(UUID.randomUUID().toString())
                .setAggregateIdentifier(id.toString())
                .setAggregateType("Conversation")
                .setAggregateSequenceNumber(length++)
                .setTimestamp(at.toEpochMilli())
                .setPayload(io.axoniq.axonserver.grpc.SerializedObject.newBuilder()
                        .setType(payload.getType().getName())
                        .setRevision(payload.getType().getRevision())
                        .setData(ByteString.copyFrom(payload.getData())))
                .build();
    }

    /// Has a snapshot taken of all there is and waits for it.
    ///
    /// @return its size, and the time until it could be read
    String snapshot(CommandSideUnderLoad commandSide) throws Exception {
        long start = System.nanoTime();
        commandSide.takeSnapshot(Class.forName(AGGREGATE), id.toString());
        Optional<Event> snapshot = Optional.empty();
        while (snapshot.isEmpty()) {
            Thread.sleep(100);
            snapshot = connection
                    .eventChannel()
                    .loadSnapshots(id.toString(), Long.MAX_VALUE, 1)
                    .asStream()
                    .findFirst();
        }
        return "%,d bytes, taken from all events in %.1f s"
                .formatted(snapshot.get().getPayload().getData().size(), (System.nanoTime() - start) / 1e9);
    }

    private static AccountId account(long number) {
        return new AccountId(new UUID(0x4000L, 0x8000_0000_0000_0000L | number));
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
