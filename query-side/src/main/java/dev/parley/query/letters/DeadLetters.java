package dev.parley.query.letters;

import dev.parley.query.batch.LettersInterceptor;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.async.SequencingPolicy;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/// The dead letters of all projections that may have some. One for which every fact counts has none: it stops at a fact
/// that it cannot project. Thread-safe.
///
/// The gauge `parley.query-side.letters` says how many there are of each; it is NaN while the database cannot be asked.
@Component
public class DeadLetters {

    /// What those of two nodes may differ by.
    private static final Duration CLOCKS = Duration.ofMinutes(2);

    private final LetterTable table;
    private final TransactionTemplate savepoint;
    private final MeterRegistry meters;
    private final Map<String, ProcessorLetters> processors = new ConcurrentHashMap<>();

    DeadLetters(LetterTable table, PlatformTransactionManager transactions, MeterRegistry meters) {
        this.table = table;
        this.meters = meters;
        this.savepoint = new TransactionTemplate(transactions);
        savepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    /// To register with a processor, so that what it cannot project becomes a letter.
    ///
    /// @param sequencing the processor's own
    public LettersInterceptor interceptor(String processor, SequencingPolicy<? super EventMessage<?>> sequencing) {
        return new LettersInterceptor(processors.computeIfAbsent(processor, name -> {
            Gauge.builder("parley.query-side.letters", () -> gauge(name))
                    .description("Facts that wait because they, or one before them, cannot be projected")
                    .tag("projection", name)
                    .register(meters);
            return new ProcessorLetters(name, table, sequencing, savepoint, meters);
        }));
    }

    /// How many letters each projection has, by its name.
    public Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        processors.keySet().forEach(name -> counts.put(name, table.count(name)));
        return counts;
    }

    /// Sequences with a fact that cannot be read, which a rebuild passes over.
    ///
    /// @param asOf from which time on letters were not looked at
    public record Unreadable(Set<String> sequences, Instant asOf) {}

    /// Looks at all letters of a projection.
    public Unreadable unreadable(String processor) {
        Instant asOf = Instant.now().minus(CLOCKS);
        return new Unreadable(table.unreadable(processor, Instant.EPOCH), asOf);
    }

    /// Takes away the letters of a projection that was built anew and holds their facts, in the caller's transaction.
    /// Sequences with a fact that cannot be read stay.
    ///
    /// @param known as of a short time ago; only letters of since then are looked at
    public void forget(String processor, Unreadable known) {
        table.lock(processor);
        Set<String> kept = new HashSet<>(known.sequences());
        kept.addAll(table.unreadable(processor, known.asOf()));
        table.forget(processor, kept);
    }

    /// Whether it is one of the projections that may have letters.
    boolean knows(String processor) {
        return processors.containsKey(processor);
    }

    private double gauge(String processor) {
        try {
            return table.count(processor);
        } catch (DataAccessException databaseDown) {
            return Double.NaN;
        }
    }
}
