package dev.parley.command.member;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.parley.messages.member.MemberCommand;
import dev.parley.messages.member.MemberCommand.MarkDelivered;
import dev.parley.messages.member.MemberCommand.MarkRead;
import dev.parley.messages.member.MemberCommand.MuteConversation;
import dev.parley.messages.member.MemberCommand.UnmuteConversation;
import dev.parley.messages.member.MemberEvent;
import dev.parley.messages.member.MemberId;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.serialization.Revision;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/// One account in one conversation: Axon's view of it. Its stream begins with the first thing that is said about it, so
/// who is a member is not known here. What is decided lies in [MemberState].
@Aggregate(cache = "memberCache", snapshotTriggerDefinition = "memberSnapshots")
@Revision("1")
class Member {

    @AggregateIdentifier
    private @Nullable MemberId id;

    private MemberState state;

    /// As it is written into a snapshot.
    record Kept(@Nullable MemberId id, MemberState state) {}

    Member() {
        state = MemberState.NEW;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    Member(Kept kept) {
        id = kept.id();
        state = kept.state();
    }

    @JsonValue
    Kept kept() {
        return new Kept(id, state);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(MarkDelivered command) {
        decide(command);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(MarkRead command) {
        decide(command);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(MuteConversation command) {
        decide(command);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(UnmuteConversation command) {
        decide(command);
    }

    private void decide(MemberCommand command) {
        MemberEvent news = state.decide(command);
        if (news != null) {
            apply(news);
        }
    }

    @EventSourcingHandler
    void on(MemberEvent event) {
        id = new MemberId(event.conversation(), event.account());
        state = state.after(event);
    }
}
