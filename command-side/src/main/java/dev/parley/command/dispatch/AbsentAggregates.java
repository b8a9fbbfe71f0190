package dev.parley.command.dispatch;

import dev.parley.messages.RejectionCode;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.AggregateNotFoundException;

/// Turns Axon's word for a conversation or account that does not exist into a rejection, on the node that handles the
/// command: from there on only rejections keep their meaning.
public final class AbsentAggregates implements MessageHandlerInterceptor<CommandMessage<?>> {

    @Override
    public Object handle(UnitOfWork<? extends CommandMessage<?>> unitOfWork, InterceptorChain chain) throws Exception {
        try {
            return chain.proceed();
        } catch (AggregateNotFoundException absent) {
            throw new Refusal(RejectionCode.NOT_FOUND, "There is no such conversation or account");
        }
    }
}
