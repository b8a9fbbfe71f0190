package dev.parley.command.limit;

import dev.parley.command.dispatch.Refusal;
import dev.parley.messages.AccountId;
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
import dev.parley.messages.game.GameCommand;
import dev.parley.messages.game.GameCommand.CreateGame;
import dev.parley.messages.game.GameCommand.TakeSeat;
import dev.parley.messages.member.MemberCommand;
import dev.parley.messages.member.MemberCommand.MarkDelivered;
import dev.parley.messages.member.MemberCommand.MarkRead;
import dev.parley.messages.member.MemberCommand.MuteConversation;
import dev.parley.messages.member.MemberCommand.UnmuteConversation;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/// Holds what people do in conversations and games to [ChangeLimits], where it is handled: the same for
/// every door it came in by. The conversation is not loaded for what is refused here.
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
        Taken taken = take(unitOfWork.getMessage().getPayload());
        if (taken == null) {
            return chain.proceed();
        }
        // The store refuses when the unit of work is committed, which is after this.
        unitOfWork.onRollback(
                rolledBack -> taken.failed(rolledBack.getExecutionResult().getExceptionResult()));
        try {
            return chain.proceed();
        } catch (Exception failure) {
            taken.failed(failure);
            throw failure;
        }
    }

    /// @return null for what is not counted: what asks only, is done by the server, or has limits
    ///     elsewhere
    private @Nullable Taken take(Object command) {
        return switch (command) {
            case ConversationCommand it -> take(it);
            case MemberCommand it -> take(it);
            case GameCommand it -> limits.change(player(it));
            default -> null;
        };
    }

    /// Messages and what happens to them take room in the conversation. Who is in it and how it shows
    /// itself does not: in a conversation that somebody fills, that one can still be removed, and
    /// everybody can still leave.
    private @Nullable Taken take(ConversationCommand command) {
        return switch (command) {
            case SendMessage it -> limits.change(it.sender(), it.conversation());
            case EditMessage it -> limits.change(it.by(), it.conversation());
            case DeleteMessage it -> limits.change(it.by(), it.conversation());
            case AddReaction it -> limits.change(it.account(), it.conversation());
            case RemoveReaction it -> limits.change(it.account(), it.conversation());
            case StartConversation it -> limits.change(it.by());
            case AddMember it -> limits.change(it.by());
            case RemoveMember it -> limits.change(it.by());
            case ChangeMemberRole it -> limits.change(it.by());
            case RenameConversation it -> limits.change(it.by());
            case ChangeTopic it -> limits.change(it.by());
            case ChangeHistoryVisibility it -> limits.change(it.by());
            case FindStanding _, SeatPlayer _, ImportMessages _ -> null;
        };
    }

    private Taken take(MemberCommand command) {
        AccountId account = command.member().account();
        return switch (command) {
            case MarkDelivered _, MarkRead _ -> limits.mark(account);
            case MuteConversation _, UnmuteConversation _ -> limits.change(account);
        };
    }

    private static AccountId player(GameCommand command) {
        return switch (command) {
            case CreateGame it -> it.by();
            case TakeSeat it -> it.account();
        };
    }
}
