package dev.parley.command.dispatch;

import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.springframework.context.ApplicationContext;

/// How often the store refused what a node had decided.
final class Conflicts {

    private final AtomicInteger count = new AtomicInteger();

    private Conflicts() {}

    static Conflicts countedOn(ApplicationContext... commandSides) {
        Conflicts conflicts = new Conflicts();
        for (ApplicationContext commandSide : commandSides) {
            CommandBus bus = commandSide.getBean("localCommandBus", CommandBus.class);
            var _ = bus.registerHandlerInterceptor((unitOfWork, chain) -> {
                CurrentUnitOfWork.get()
                        .onRollback(rolledBack ->
                                conflicts.count(rolledBack.getExecutionResult().getExceptionResult()));
                return chain.proceed();
            });
        }
        return conflicts;
    }

    private void count(Throwable failure) {
        if (Outcome.of(failure) == Outcome.CONFLICT) {
            count.incrementAndGet();
        }
    }

    int count() {
        return count.get();
    }
}
