package dev.parley.command.conversation;

import static java.util.Objects.requireNonNull;
import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.messages.conversation.Accepted;
import dev.parley.messages.conversation.ConversationCommand.AddMember;
import dev.parley.messages.conversation.ConversationCommand.AddReaction;
import dev.parley.messages.conversation.ConversationCommand.ChangeHistoryVisibility;
import dev.parley.messages.conversation.ConversationCommand.ChangeMemberRole;
import dev.parley.messages.conversation.ConversationCommand.ChangeTopic;
import dev.parley.messages.conversation.ConversationCommand.DeleteMessage;
import dev.parley.messages.conversation.ConversationCommand.EditMessage;
import dev.parley.messages.conversation.ConversationCommand.FindStanding;
import dev.parley.messages.conversation.ConversationCommand.ImportMessages;
import dev.parley.messages.conversation.ConversationCommand.RemoveMember;
import dev.parley.messages.conversation.ConversationCommand.RemoveReaction;
import dev.parley.messages.conversation.ConversationCommand.RenameConversation;
import dev.parley.messages.conversation.ConversationCommand.SeatPlayer;
import dev.parley.messages.conversation.ConversationCommand.SendMessage;
import dev.parley.messages.conversation.ConversationCommand.StartConversation;
import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.messages.conversation.ConversationEvent.MessageImported;
import dev.parley.messages.conversation.ImportReport;
import dev.parley.messages.conversation.MemberRole;
import dev.parley.messages.conversation.Standing;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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

/// One conversation: Axon's view of it. What is decided lies in [Starting], [Membership],
/// [Describing], [Seating], [Sending], [Editing], [Deleting], [Reacting] and [Importing], by the rights of [Right];
/// what
/// is remembered in [ConversationState]. Every decision refuses before
/// anything is applied.
///
/// A snapshot is this class as JSON. Its revision is raised when [ConversationState.Kept] changes
/// shape; snapshots of other revisions are passed over and the events are read instead.
@Aggregate(cache = "aggregateCache", snapshotTriggerDefinition = "conversationSnapshots")
@Revision("4")
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
    Started handle(StartConversation command, ConversationLimits limits) {
        List<ConversationEvent> events = Starting.decide(state, limits, command);
        applyAll(events);
        return new Started(!events.isEmpty(), state.members().list());
    }

    @CommandHandler
    void handle(AddMember command, ConversationLimits limits) {
        apply(Membership.decide(state, limits, command));
    }

    @CommandHandler
    void handle(RemoveMember command) {
        applyAll(Membership.decide(state, command));
    }

    @CommandHandler
    void handle(ChangeMemberRole command) {
        applyAny(Membership.decide(state, command));
    }

    @CommandHandler
    void handle(RenameConversation command, ConversationLimits limits) {
        applyAny(Describing.decide(state, limits, command));
    }

    @CommandHandler
    void handle(ChangeTopic command, ConversationLimits limits) {
        applyAny(Describing.decide(state, limits, command));
    }

    @CommandHandler
    void handle(ChangeHistoryVisibility command) {
        applyAny(Describing.decide(state, command));
    }

    @CommandHandler
    Standing handle(FindStanding command) {
        MemberRole role = Right.READ.require(state, command.account());
        return new Standing(role, state.members().size());
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(SeatPlayer command) {
        applyAll(Seating.decide(state, command));
    }

    @CommandHandler
    Accepted handle(SendMessage command, ConversationLimits limits) {
        return answer(Sending.decide(state, limits, command), command.message(), command.at());
    }

    @CommandHandler
    Accepted handle(EditMessage command, ConversationLimits limits) {
        return answer(Editing.decide(state, limits, command), command.edit(), command.at());
    }

    @CommandHandler
    Accepted handle(DeleteMessage command, StoredMessages stored) {
        return answer(Deleting.decide(state, stored, command), command.message(), command.at());
    }

    @CommandHandler
    Accepted handle(AddReaction command, ConversationLimits limits) {
        return answer(Reacting.decide(state, limits, command), command.message(), command.at());
    }

    @CommandHandler
    Accepted handle(RemoveReaction command) {
        return answer(Reacting.decide(state, command), command.message(), command.at());
    }

    @CommandHandler
    ImportReport handle(ImportMessages command, ConversationLimits limits) {
        List<MessageImported> news = Importing.decide(state, limits, command);
        applyAll(news);
        return Importing.report(state, command, news.size());
    }

    /// What changes nothing is answered with the newest event: as of there it is so.
    private Accepted answer(Decision decision, MessageId id, Instant at) {
        return switch (decision) {
            case Decision.Repeated it -> it.accepted();
            case Decision.Unchanged _ -> accepted(id, at.truncatedTo(ChronoUnit.MILLIS));
            case Decision.News it -> {
                apply(it.event());
                yield accepted(id, it.event().at());
            }
        };
    }

    private Accepted accepted(MessageId id, Instant at) {
        return new Accepted(id, requireNonNull(this.id), getVersion(), at);
    }

    private static void applyAll(List<? extends ConversationEvent> events) {
        events.forEach(event -> apply(event));
    }

    private static void applyAny(@Nullable ConversationEvent event) {
        if (event != null) {
            apply(event);
        }
    }

    @EventSourcingHandler
    void on(ConversationEvent event, @SequenceNumber long seq) {
        id = event.conversation();
        state.on(event, seq);
    }
}
