package dev.parley.query.letters;

import dev.parley.messages.application.ApplicationEvent;
import dev.parley.query.batch.Letters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.Set;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.async.SequencingPolicy;
import org.axonframework.messaging.deadletter.ThrowableCause;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/// The letters of one processor. Thread-safe.
///
/// The lock is asked for only where a sequence has letters or gets its first, and is held until the transaction ends.
/// Who tries letters again holds it too: no fact is put behind a letter that is just being projected.
final class ProcessorLetters implements Letters {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessorLetters.class);

    private final String processor;
    private final LetterTable table;
    private final SequencingPolicy<? super EventMessage<?>> sequencing;
    private final TransactionTemplate savepoint;
    private final Counter failed;
    private final Counter behind;

    ProcessorLetters(
            String processor,
            LetterTable table,
            SequencingPolicy<? super EventMessage<?>> sequencing,
            TransactionTemplate savepoint,
            MeterRegistry meters) {
        this.processor = processor;
        this.table = table;
        this.sequencing = sequencing;
        this.savepoint = savepoint;
        this.failed = counter(meters, "failed");
        this.behind = counter(meters, "behind");
    }

    private Counter counter(MeterRegistry meters, String reason) {
        return Counter.builder("parley.query-side.letters.added")
                .description("Facts that became dead letters, in batches that were not committed too")
                .tag("projection", processor)
                .tag("reason", reason)
                .register(meters);
    }

    @Override
    public String sequence(EventMessage<?> fact) {
        @Nullable Object sequence = sequencing.getSequenceIdentifierFor(fact);
        return sequence == null ? fact.getIdentifier() : sequence.toString();
    }

    @Override
    public Set<String> waiting(Collection<String> sequences) {
        Set<String> waiting = table.waiting(processor, sequences);
        if (waiting.isEmpty()) {
            return waiting;
        }
        table.lock(processor);
        return table.waiting(processor, sequences);
    }

    /// @throws IllegalStateException for one about the application: what was cleared would stay, and retrying it later
    ///     would take away what came since, so its batch comes again instead
    @Override
    public void addFailed(EventMessage<?> fact, Throwable cause) {
        if (ApplicationEvent.class.isAssignableFrom(fact.getPayloadType())) {
            throw new IllegalStateException("A fact about the application cannot be put aside", cause);
        }
        String sequence = sequence(fact);
        ThrowableCause plain = PlainCause.of(cause);
        table.lock(processor);
        table.add(processor, sequence, fact, plain);
        failed.increment();
        LOG.atWarn()
                .addKeyValue("projection", processor)
                .addKeyValue("sequence", sequence)
                .addKeyValue("position", Positions.of(fact))
                .addKeyValue("fact", fact.getIdentifier())
                .addKeyValue("cause", plain.type() + ": " + plain.message())
                .log("A fact cannot be projected and is a dead letter now");
    }

    @Override
    public void addBehind(EventMessage<?> fact) {
        String sequence = sequence(fact);
        table.add(processor, sequence, fact, null);
        behind.increment();
    }

    @Override
    public void undoably(Runnable work) {
        savepoint.executeWithoutResult(status -> work.run());
    }
}
