package dev.parley.command.conversation;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.parley.messages.ConversationId;
import dev.parley.messages.conversation.Accepted;
import dev.parley.messages.conversation.ConversationCommand.AddMember;
import dev.parley.messages.conversation.ConversationCommand.ImportMessages;
import dev.parley.messages.conversation.ConversationCommand.RemoveMember;
import dev.parley.messages.conversation.ConversationCommand.SeatPlayer;
import dev.parley.messages.conversation.ConversationCommand.SendMessage;
import dev.parley.messages.conversation.ConversationCommand.StartConversation;
import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.messages.conversation.ConversationEvent.ConversationStarted;
import dev.parley.messages.conversation.ConversationEvent.MessageImported;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.messages.conversation.ImportReport;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.serialization.Revision;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/// One conversation: Axon's view of it. What is decided lies in [Starting], [Membership], [Seating],
/// [Sending] and [Importing], what is remembered in [ConversationState]. Every decision refuses before
/// anything is applied.
///
/// A snapshot is this class as JSON. Its revision is raised when [ConversationState.Kept] changes
/// shape; snapshots of other revisions are passed over and the events are read instead.
@Aggregate(cache = "aggregateCache", snapshotTriggerDefinition = "conversationSnapshots")
@Revision("2")
class Conversation {

    @AggregateIdentifier
    private @Nullable ConversationId id;

    private final ConversationState state;

    /// As it is written into a snapshot.
    record Kept(@Nullable ConversationId id, ConversationState state) {}

    Conversation() {
        state = new ConversationState();
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    Conversation(Kept kept) {
        id = kept.id();
        state = kept.state();
    }

    @JsonValue
    Kept kept() {
        return new Kept(id, state);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Started handle(StartConversation command) {
        ConversationStarted started = Starting.decide(state, command);
        if (started != null) {
            apply(started);
        }
        return new Started(started != null, state.members().list());
    }

    @CommandHandler
    void handle(AddMember command) {
        apply(Membership.decide(state, command));
    }

    @CommandHandler
    void handle(RemoveMember command) {
        apply(Membership.decide(state, command));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(SeatPlayer command) {
        Seating.decide(state, command).forEach(event -> apply(event));
    }

    @CommandHandler
    Accepted handle(SendMessage command) {
        Accepted before = Sending.decide(state, command);
        if (before != null) {
            return before;
        }
        MessageSent sent = Sending.event(command);
        apply(sent);
        return new Accepted(sent.message(), sent.conversation(), getVersion(), sent.at());
    }

    @CommandHandler
    ImportReport handle(ImportMessages command) {
        List<MessageImported> news = Importing.decide(state, command);
        news.forEach(imported -> apply(imported));
        return Importing.report(state, command, news.size());
    }

    @EventSourcingHandler
    void on(ConversationEvent event, @SequenceNumber long seq) {
        id = event.conversation();
        state.on(event, seq);
    }
}
