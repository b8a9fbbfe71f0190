package dev.parley.delivery.log;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.messages.member.MemberEvent;
import dev.parley.messages.member.MemberEvent.MessagesDelivered;
import dev.parley.messages.member.MemberEvent.MessagesRead;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.jspecify.annotations.Nullable;

/// Whom an event may concern, told by its envelope alone: most events of the log are of no concern to most accounts,
/// and are passed over without reading what they say.
///
/// @param conversation the conversation it is about
/// @param member the member it is about; null for a fact of the conversation
/// @param type of the fact
public record Address(ConversationId conversation, @Nullable AccountId member, Class<?> type) {

    /// The length of a UUID as text.
    private static final int UUID_LENGTH = 36;

    /// A conversation's aggregate is named by its id, a member's as `MemberId` says.
    ///
    /// @return null for an event of another family
    public static @Nullable Address of(TrackedEventMessage<?> message) {
        if (!(message instanceof DomainEventMessage<?> domain)) {
            return null;
        }
        Class<?> type = message.getPayloadType();
        String aggregate = domain.getAggregateIdentifier();
        try {
            if (ConversationEvent.class.isAssignableFrom(type)) {
                return new Address(ConversationId.of(aggregate), null, type);
            }
            if (MemberEvent.class.isAssignableFrom(type) && aggregate.length() > UUID_LENGTH) {
                return new Address(
                        ConversationId.of(aggregate.substring(0, UUID_LENGTH)),
                        new AccountId(UUID.fromString(aggregate.substring(UUID_LENGTH + 1))),
                        type);
            }
        } catch (IllegalArgumentException e) {
            return null; // not named as the product names them
        }
        return null;
    }

    /// False only if [Bearing#reaches] would say so of the fact.
    public boolean mayReach(AccountId account) {
        if (member == null || type == MessagesRead.class) {
            return true;
        }
        return member.equals(account) != (type == MessagesDelivered.class);
    }
}
