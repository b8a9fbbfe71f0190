package dev.parley.query.letters;

import dev.parley.query.batch.LettersInterceptor;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
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

    /// Takes away the letters of a projection that was built anew and holds their facts, in the caller's transaction. A
    /// sequence with a fact that cannot be read, which a rebuild passes over, stays.
    public void forget(String processor) {
        table.forget(processor);
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
