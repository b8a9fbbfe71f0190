package dev.parley.query.rebuild;

import dev.parley.messages.Fact;
import dev.parley.query.batch.Recorded;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.jdbc.core.JdbcTemplate;

/// A projection whose rebuild somebody interferes with.
///
/// @param eachBatch before it is written
/// @param beforeVerifying what it does to the generation's tables before all of it is compared
/// @param eachComparison before what was written since is compared: once outside of each swap, once in it
record Tampering(
        Rebuildable real, Consumer<List<?>> eachBatch, Consumer<JdbcTemplate> beforeVerifying, Runnable eachComparison)
        implements Rebuildable {

    @Override
    public String projection() {
        return real.projection();
    }

    @Override
    public List<String> tables() {
        return real.tables();
    }

    @Override
    public List<Expectation> expectations() {
        return real.expectations();
    }

    @Override
    public String shape() {
        return real.shape();
    }

    @Override
    public boolean keeps(Class<?> fact) {
        return real.keeps(fact);
    }

    @Override
    public Generation generation(int number, JdbcTemplate next) {
        return new Tampered(real.generation(number, next), next);
    }

    private final class Tampered implements Generation {

        private final Generation generation;
        private final JdbcTemplate next;

        Tampered(Generation generation, JdbcTemplate next) {
            this.generation = generation;
            this.next = next;
        }

        @Override
        public void begin() {
            generation.begin();
        }

        @Override
        public void write(List<Recorded<Fact>> facts) {
            eachBatch.accept(facts);
            generation.write(facts);
        }

        @Override
        public void settle() {
            generation.settle();
        }

        @Override
        public Verification verify() {
            beforeVerifying.accept(next);
            return generation.verify();
        }

        @Override
        public Verification verifyChanged() {
            eachComparison.run();
            return generation.verifyChanged();
        }

        @Override
        public void publish() {
            generation.publish();
        }

        @Override
        public boolean isPublished() {
            return generation.isPublished();
        }

        @Override
        public void retire() {
            generation.retire();
        }

        @Override
        public void discard() {
            generation.discard();
        }
    }
}
