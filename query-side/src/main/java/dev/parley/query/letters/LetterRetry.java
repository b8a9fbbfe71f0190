package dev.parley.query.letters;

import dev.parley.messages.RejectedException;
import dev.parley.messages.RejectionCode;
import dev.parley.query.QuerySideProperties;
import dev.parley.query.batch.Faults;
import java.time.Duration;
import java.util.List;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.deadletter.jdbc.JdbcDeadLetter;
import org.axonframework.messaging.ResultMessage;
import org.axonframework.messaging.deadletter.ThrowableCause;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Gives the letters of a sequence to their projection again, in their order: up to [#PIECE] of them at once, or fewer
/// where one of those fails, and each piece in the transaction that deletes its letters. It ends with the sequence, at
/// a letter that fails again, or when its time is over.
@Component
class LetterRetry {

    private static final Logger LOG = LoggerFactory.getLogger(LetterRetry.class);
    private static final int PIECE = 128;

    private final LetterTable table;
    private final Projections projections;
    private final TransactionTemplate transaction;
    private final TransactionManager unitsOfWork;
    private final Duration patience;

    LetterRetry(
            LetterTable table,
            Projections projections,
            PlatformTransactionManager transactions,
            TransactionManager unitsOfWork,
            QuerySideProperties properties) {
        this.table = table;
        this.projections = projections;
        this.transaction = new TransactionTemplate(transactions);
        this.unitsOfWork = unitsOfWork;
        this.patience = properties.deadLetters().retryWait();
    }

    /// A piece that is undone.
    private static final class PieceFailed extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient JdbcDeadLetter<EventMessage<?>> first;

        PieceFailed(JdbcDeadLetter<EventMessage<?>> first, Throwable cause) {
            super(cause);
            this.first = first;
        }
    }

    /// @return how many letters were projected
    /// @throws RejectedException `unavailable` if the projection's stores are; what was projected until then
    /// stays so
    int retry(String processor, String sequence) {
        long deadline = System.nanoTime() + patience.toNanos();
        int projected = 0;
        int size = PIECE;
        while (System.nanoTime() < deadline) {
            try {
                int piece = project(processor, sequence, size);
                if (piece == 0) {
                    return projected;
                }
                projected += piece;
                size = Math.min(PIECE, size * 2);
            } catch (PieceFailed failed) {
                Throwable cause = failed.getCause();
                if (cause == null || !Faults.areOfTheFacts(cause)) {
                    LOG.atWarn()
                            .addKeyValue("projection", processor)
                            .addKeyValue("cause", cause == null ? "?" : Faults.kinds(cause))
                            .log("Dead letters cannot be tried again");
                    throw new RejectedException(
                            RejectionCode.UNAVAILABLE, "The projection cannot be written at the moment, try again");
                }
                if (size == 1) {
                    failedAgain(processor, failed.first, PlainCause.of(cause));
                    return projected;
                }
                size /= 2;
            }
        }
        return projected;
    }

    private int project(String processor, String sequence, int size) {
        Integer projected = transaction.execute(status -> {
            table.lock(processor);
            List<JdbcDeadLetter<EventMessage<?>>> letters = table.first(processor, sequence, size);
            if (!letters.isEmpty()) {
                project(processor, letters);
                table.delete(letters);
            }
            return letters.size();
        });
        return projected == null ? 0 : projected;
    }

    private void project(String processor, List<JdbcDeadLetter<EventMessage<?>>> letters) {
        BatchingUnitOfWork<EventMessage<?>> unitOfWork = new BatchingUnitOfWork<>(
                letters.stream().<EventMessage<?>>map(JdbcDeadLetter::message).toList());
        unitOfWork.attachTransaction(unitsOfWork);
        ResultMessage<?> result = unitOfWork.executeWithResult(() -> {
            projections.handle(processor, unitOfWork.getMessage());
            return null;
        });
        if (result.isExceptional()) {
            throw new PieceFailed(letters.getFirst(), result.exceptionResult());
        }
    }

    /// Unless somebody dropped it meanwhile.
    private void failedAgain(String processor, JdbcDeadLetter<EventMessage<?>> failed, ThrowableCause cause) {
        transaction.executeWithoutResult(status -> {
            table.lock(processor);
            table.first(processor, failed.getSequenceIdentifier(), 1).stream()
                    .filter(letter -> letter.getIdentifier().equals(failed.getIdentifier()))
                    .forEach(letter -> table.failed(processor, letter, cause));
        });
    }
}
