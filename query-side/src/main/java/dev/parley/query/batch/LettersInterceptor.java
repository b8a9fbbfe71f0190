package dev.parley.query.batch;

import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/// Makes the batch of a processor a careful one, which puts facts that cannot be projected with its letters. A fact
/// that cannot be read is one of them.
public final class LettersInterceptor implements MessageHandlerInterceptor<EventMessage<?>> {

    private final Letters letters;

    public LettersInterceptor(Letters letters) {
        this.letters = letters;
    }

    @Override
    public @Nullable Object handle(UnitOfWork<? extends EventMessage<?>> unitOfWork, InterceptorChain chain)
            throws Exception {
        UnitOfWork<?> root = unitOfWork.root();
        root.resources().putIfAbsent(Letters.KEY, letters);
        try {
            return chain.proceed();
        } catch (RuntimeException failure) {
            if (!Faults.areOfTheFacts(failure)) {
                throw failure;
            }
            Batch.addBroken(root, failure);
            return null;
        }
    }
}
