package dev.parley.command.limit;

import dev.parley.command.dispatch.Refusal;
import dev.parley.messages.AccountId;
import dev.parley.messages.Rejection;
import dev.parley.messages.conversation.ConversationCommand;
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
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/// Holds what people do in conversations to [ChangeLimits], where it is handled: the same for every door it came in by.
/// The conversation is not loaded for what is refused.
///
/// It is no bean: Axon would register it once more.
public final class ChangeRates implements MessageHandlerInterceptor<CommandMessage<?>> {

    private final ChangeLimits limits;

    public ChangeRates(ChangeLimits limits) {
        this.limits = limits;
    }

    /// @throws Refusal `rate-limited`
    @Override
    public Object handle(UnitOfWork<? extends CommandMessage<?>> unitOfWork, InterceptorChain chain) throws Exception {
        if (unitOfWork.getMessage().getPayload() instanceof ConversationCommand command) {
            AccountId who = changer(command);
            Rejection refusal = who == null ? null : limits.count(who, command.conversation());
            if (refusal != null) {
                throw new Refusal(refusal);
            }
        }
        return chain.proceed();
    }

    /// @return null for what is not counted: what is rare, asks only, or is done by the server
    private static @Nullable AccountId changer(ConversationCommand command) {
        return switch (command) {
            case SendMessage it -> it.sender();
            case EditMessage it -> it.by();
            case DeleteMessage it -> it.by();
            case AddReaction it -> it.account();
            case RemoveReaction it -> it.account();
            case StartConversation _,
                    AddMember _,
                    RemoveMember _,
                    ChangeMemberRole _,
                    RenameConversation _,
                    ChangeTopic _,
                    ChangeHistoryVisibility _,
                    FindStanding _,
                    SeatPlayer _,
                    ImportMessages _ -> null;
        };
    }
}
