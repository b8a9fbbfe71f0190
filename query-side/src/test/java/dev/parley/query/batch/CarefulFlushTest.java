package dev.parley.query.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.junit.jupiter.api.Test;

class CarefulFlushTest {

    private static final String CONTRADICTION = "It contradicts what is known";

    private final InMemoryLetters letters = new InMemoryLetters();

    private void run(List<String> facts, Set<String> poison, Set<String> broken) {
        new CarefulFlush<String>(
                        letters,
                        batch -> batch.forEach(fact -> {
                            letters.projected.add(fact);
                            if (poison.contains(fact)) {
                                throw new UnprojectableException(CONTRADICTION);
                            }
                        }))
                .run(facts.stream()
                        .map(fact -> broken.contains(fact)
                                ? new Entry<String>(message(fact), null, new UnprojectableException(CONTRADICTION))
                                : new Entry<>(message(fact), fact, null))
                        .toList());
    }

    private static EventMessage<?> message(String fact) {
        return GenericEventMessage.asEventMessage(fact);
    }

    @Test
    void aGoodBatchIsOnePiece() {
        List<String> facts = List.of("a:1", "b:2", "a:3");
        run(facts, Set.of(), Set.of());
        assertThat(letters.projected).isEqualTo(facts);
        assertThat(letters.pieces).isEqualTo(1);
    }

    @Test
    void oneBadFactInFiveHundredIsFoundInTwentyPieces() {
        List<String> facts = IntStream.range(0, 500).mapToObj(i -> i + ":" + i).toList();
        run(facts, Set.of("333:333"), Set.of());
        assertThat(letters.failed).containsExactly("333:333");
        assertThat(letters.projected).hasSize(499);
        assertThat(letters.pieces).isLessThanOrEqualTo(20);
    }

    @Test
    void whatPassesFailsTheBatch() {
        CarefulFlush<String> flush = new CarefulFlush<>(letters, batch -> {
            throw new IllegalStateException("down");
        });
        assertThatThrownBy(() -> flush.run(List.of(new Entry<>(message("a:1"), "a:1", null))))
                .hasMessage("down");
        assertThat(letters.letters).isEmpty();
    }

    @Test
    void everyFactIsProjectedOrALetterInTheOrderOfItsSequenceWhateverFails() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        for (int run = 0; run < 500; run++) {
            InMemoryLetters all = new InMemoryLetters();
            List<String> facts = IntStream.range(0, 120)
                    .mapToObj(i -> random.nextInt(8) + ":" + i)
                    .toList();
            Set<String> poison = some(random, facts);
            Set<String> broken = some(random, facts);
            CarefulFlushTest once = new CarefulFlushTest();
            for (int from = 0; from < facts.size(); ) {
                int to = Math.min(facts.size(), from + 1 + random.nextInt(60));
                once.run(facts.subList(from, to), poison, broken);
                from = to;
            }
            facts.forEach(fact -> plainly(all, fact, poison, broken));
            assertThat(new TreeSet<>(once.letters.failed)).as("seed %d", seed).isEqualTo(new TreeSet<>(all.failed));
            for (int sequence = 0; sequence < 8; sequence++) {
                String name = sequence + ":";
                assertThat(of(name, once.letters.projected)).as("seed %d", seed).isEqualTo(of(name, all.projected));
                assertThat(of(name, once.letters.letters)).as("seed %d", seed).isEqualTo(of(name, all.letters));
            }
        }
    }

    /// The same fact by fact.
    private static void plainly(InMemoryLetters all, String fact, Set<String> poison, Set<String> broken) {
        if (!all.waiting(Set.of(InMemoryLetters.sequence(fact))).isEmpty()) {
            all.letters.add(fact);
        } else if (poison.contains(fact) || broken.contains(fact)) {
            all.failed.add(fact);
            all.letters.add(fact);
        } else {
            all.projected.add(fact);
        }
    }

    private static Set<String> some(Random random, List<String> facts) {
        Set<String> some = new HashSet<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            some.add(facts.get(random.nextInt(facts.size())));
        }
        return some;
    }

    private static List<String> of(String sequence, List<String> facts) {
        return facts.stream().filter(fact -> fact.startsWith(sequence)).toList();
    }
}
