package dev.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.AnnotationEventHandlerAdapter;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.ResultMessage;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;

/// Gives facts to a projection as a streaming processor does: a batch in a unit of work with a
/// transaction.
public final class Processing {

    private final AnnotationEventHandlerAdapter projection;
    private final TransactionManager transactions;

    public Processing(Object projection, TransactionManager transactions) {
        this.projection = new AnnotationEventHandlerAdapter(projection);
        this.transactions = transactions;
    }

    public void process(List<TrackedEventMessage<?>> facts, int batchSize) {
        for (int from = 0; from < facts.size(); from += batchSize) {
            batch(facts.subList(from, Math.min(facts.size(), from + batchSize)));
        }
    }

    /// All in one batch, whose transaction is lost after the projection wrote: what it wrote elsewhere
    /// stays.
    public void lose(List<TrackedEventMessage<?>> facts) {
        IllegalStateException lost = new IllegalStateException("The connection is lost");
        BatchingUnitOfWork<TrackedEventMessage<?>> unitOfWork = new BatchingUnitOfWork<>(facts);
        unitOfWork.attachTransaction(transactions);
        ResultMessage<?> result = unitOfWork.executeWithResult(() -> {
            Object handled = projection.handle(unitOfWork.getMessage());
            if (unitOfWork.isLastMessage()) {
                unitOfWork.onPrepareCommit(committing -> {
                    throw lost;
                });
            }
            return handled;
        });
        assertThat(result.exceptionResult()).isSameAs(lost);
    }

    private void batch(List<TrackedEventMessage<?>> facts) {
        BatchingUnitOfWork<TrackedEventMessage<?>> unitOfWork = new BatchingUnitOfWork<>(facts);
        unitOfWork.attachTransaction(transactions);
        ResultMessage<?> result = unitOfWork.executeWithResult(() -> projection.handle(unitOfWork.getMessage()));
        if (result.isExceptional()) {
            throw new AssertionError(result.exceptionResult());
        }
    }
}
