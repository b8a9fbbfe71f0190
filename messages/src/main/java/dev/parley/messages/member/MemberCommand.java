package dev.parley.messages.member;

import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/// Requests about one member of one conversation, routed by both. Who sends one has made sure that the account is a
/// member:
/// the gateway knows, others ask [dev.parley.messages.conversation.ConversationCommand.FindStanding].
///
/// Each answers with nothing. One that says nothing new changes nothing.
public sealed interface MemberCommand {

    MemberId member();

    /// A device has every message up to this place. Only sent where others are told.
    record MarkDelivered(@TargetAggregateIdentifier MemberId member, long seq, Instant at) implements MemberCommand {}

    /// Refused as `invalid` for a place that the conversation does not have yet.
    ///
    /// @param shared whether the other members are told
    record MarkRead(@TargetAggregateIdentifier MemberId member, long seq, boolean shared, Instant at)
            implements MemberCommand {}

    /// @param until null for ever
    record MuteConversation(
            @TargetAggregateIdentifier MemberId member,
            @Nullable Instant until,
            Instant at) implements MemberCommand {}

    record UnmuteConversation(@TargetAggregateIdentifier MemberId member, Instant at) implements MemberCommand {}
}
