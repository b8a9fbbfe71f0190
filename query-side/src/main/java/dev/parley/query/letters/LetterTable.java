package dev.parley.query.letters;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.axonframework.common.DateTimeUtils;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.deadletter.jdbc.JdbcDeadLetter;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.messaging.deadletter.GenericDeadLetter;
import org.axonframework.messaging.deadletter.ThrowableCause;
import org.axonframework.serialization.SerializationException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// The letters of all processors, in the caller's transaction where nothing else is said. Within a sequence they are in
/// the order of its facts.
@Component
class LetterTable {

    /// Of letters, each with its fact.
    private static final int PAGE = 250;
    private static final String OF_SEQUENCE =
            " from " + LetterQueues.TABLE + " where processinggroup = ? and sequenceidentifier = ?";

    private final JdbcClient jdbc;
    private final LetterQueues queues;
    private final TransactionTemplate transaction;

    LetterTable(JdbcClient jdbc, LetterQueues queues, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.queues = queues;
        this.transaction = new TransactionTemplate(transactions);
    }

    /// Keeps everybody else from changing this processor's letters until the transaction ends.
    void lock(String processor) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended('dead letters of ' || ?, 0))")
                .param(processor)
                .query((row, n) -> true)
                .list();
    }

    /// Which of these sequences have letters.
    Set<String> waiting(String processor, Collection<String> sequences) {
        return new HashSet<>(jdbc.sql("select distinct sequenceidentifier from " + LetterQueues.TABLE
                        + " where processinggroup = ? and sequenceidentifier = any (?)")
                .params(processor, sequences.toArray(String[]::new))
                .query(String.class)
                .list());
    }

    /// @param cause null for a fact that waits behind another
    /// @throws org.axonframework.messaging.deadletter.DeadLetterQueueOverflowException when there is no room
    void add(String processor, String sequence, EventMessage<?> fact, @Nullable ThrowableCause cause) {
        DeadLetter<EventMessage<?>> letter = new GenericDeadLetter<>(sequence, queues.stored(fact), cause);
        queues.of(processor).enqueue(sequence, cause == null ? letter : letter.withDiagnostics(Attempts.ONE));
    }

    /// A letter failed once more.
    void failed(String processor, JdbcDeadLetter<EventMessage<?>> letter, ThrowableCause cause) {
        MetaData diagnostics = Attempts.oneMore(letter.diagnostics());
        queues.of(processor).requeue(letter, failed -> failed.withCause(cause).withDiagnostics(diagnostics));
    }

    /// The first letters of a sequence.
    List<JdbcDeadLetter<EventMessage<?>>> first(String processor, String sequence, int count) {
        return jdbc.sql("select *" + OF_SEQUENCE + " order by sequenceindex limit ?")
                .params(processor, sequence, count)
                .query(queues.reader())
                .list();
    }

    void delete(Collection<JdbcDeadLetter<EventMessage<?>>> letters) {
        jdbc.sql("delete from " + LetterQueues.TABLE + " where deadletteridentifier = any (?)")
                .param(letters.stream().map(JdbcDeadLetter::getIdentifier).toArray(String[]::new))
                .update();
    }

    /// Takes a sequence's letters away, in a transaction of its own.
    ///
    /// @return how many there were
    int drop(String processor, String sequence) {
        return alone(processor, jdbc.sql("delete" + OF_SEQUENCE).params(processor, sequence));
    }

    /// Takes one letter away, in a transaction of its own.
    ///
    /// @return how many there were
    int drop(String processor, String sequence, String letter) {
        return alone(
                processor,
                jdbc.sql("delete" + OF_SEQUENCE + " and deadletteridentifier = ?")
                        .params(processor, sequence, letter));
    }

    /// The sequences with a letter that cannot be read. It holds one page of letters.
    ///
    /// @param since when they were put aside, or later
    Set<String> unreadable(String processor, Instant since) {
        Set<String> unreadable = new HashSet<>();
        List<JdbcDeadLetter<EventMessage<?>>> page = page(processor, since, "", -1);
        while (!page.isEmpty()) {
            page.stream()
                    .filter(letter -> !isReadable(letter))
                    .forEach(letter -> unreadable.add(letter.getSequenceIdentifier()));
            JdbcDeadLetter<EventMessage<?>> last = page.getLast();
            page = page(processor, since, last.getSequenceIdentifier(), last.getSequenceIndex());
        }
        return unreadable;
    }

    private List<JdbcDeadLetter<EventMessage<?>>> page(String processor, Instant since, String sequence, long index) {
        return jdbc.sql("select * from " + LetterQueues.TABLE + " where processinggroup = ?"
                        + " and (sequenceidentifier, sequenceindex) > (?, ?) and enqueuedat >= ?"
                        + " order by sequenceidentifier, sequenceindex limit " + PAGE)
                .params(processor, sequence, index, DateTimeUtils.formatInstant(since))
                .query(queues.reader())
                .list();
    }

    /// Takes away all letters of a processor but those of some sequences.
    void forget(String processor, Set<String> kept) {
        jdbc.sql("delete from " + LetterQueues.TABLE + " where processinggroup = ? and sequenceidentifier <> all (?)")
                .params(processor, kept.toArray(String[]::new))
                .update();
    }

    private static boolean isReadable(DeadLetter<EventMessage<?>> letter) {
        try {
            return letter.message().getPayload() != null;
        } catch (SerializationException unreadable) {
            return false;
        }
    }

    private int alone(String processor, JdbcClient.StatementSpec change) {
        Integer rows = transaction.execute(status -> {
            lock(processor);
            return change.update();
        });
        return rows == null ? 0 : rows;
    }

    long count(String processor) {
        return jdbc.sql("select count(*) from " + LetterQueues.TABLE + " where processinggroup = ?")
                .param(processor)
                .query(Long.class)
                .single();
    }

    long count(String processor, String sequence) {
        return jdbc.sql("select count(*)" + OF_SEQUENCE)
                .params(processor, sequence)
                .query(Long.class)
                .single();
    }
}
