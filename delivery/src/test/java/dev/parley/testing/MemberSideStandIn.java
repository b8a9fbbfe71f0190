package dev.parley.testing;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.member.MemberCommand;
import dev.parley.messages.member.MemberCommand.MarkDelivered;
import dev.parley.messages.member.MemberCommand.MarkRead;
import dev.parley.messages.member.MemberEvent;
import dev.parley.messages.member.MemberEvent.MessagesDelivered;
import dev.parley.messages.member.MemberEvent.MessagesRead;
import dev.parley.messages.member.MemberId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;

/// Stores what members received and read as the command side would: only forward.
public class MemberSideStandIn {

    private final EventStore store;
    private final Map<MemberId, Long> next = new HashMap<>();
    private final Map<MemberId, Long> delivered = new HashMap<>();
    private final Map<MemberId, Long> read = new HashMap<>();
    private final List<MemberCommand> commands = new CopyOnWriteArrayList<>();

    public MemberSideStandIn(EventStore store) {
        this.store = store;
    }

    /// The commands about a member, in their order.
    public List<MemberCommand> commands(ConversationId conversation, AccountId account) {
        MemberId member = new MemberId(conversation, account);
        return commands.stream()
                .filter(command -> command.member().equals(member))
                .toList();
    }

    @CommandHandler
    synchronized void on(MarkDelivered command) {
        commands.add(command);
        if (command.seq() > delivered.getOrDefault(command.member(), -1L)) {
            delivered.put(command.member(), command.seq());
            store(
                    command.member(),
                    new MessagesDelivered(
                            command.member().conversation(), command.member().account(), command.seq(), command.at()));
        }
    }

    @CommandHandler
    synchronized void on(MarkRead command) {
        commands.add(command);
        if (command.seq() > read.getOrDefault(command.member(), -1L)) {
            read.put(command.member(), command.seq());
            store(
                    command.member(),
                    new MessagesRead(
                            command.member().conversation(),
                            command.member().account(),
                            command.seq(),
                            command.shared(),
                            command.at()));
        }
    }

    private void store(MemberId member, MemberEvent fact) {
        long seq = next.merge(member, 1L, Long::sum) - 1;
        store.publish(new GenericDomainEventMessage<>("Member", member.toString(), seq, fact));
    }
}
