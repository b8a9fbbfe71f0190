package dev.parley.query.batch;

import dev.parley.testing.LettersContract;
import java.util.List;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;

class InMemoryLettersTest implements LettersContract {

    private final InMemoryLetters letters = new InMemoryLetters();

    @Override
    public Letters letters() {
        return letters;
    }

    @Override
    public EventMessage<?> fact(String sequence, long number) {
        return GenericEventMessage.asEventMessage(sequence + ":" + number);
    }

    @Override
    public List<Long> kept(String sequence) {
        return letters.letters.stream()
                .filter(fact -> InMemoryLetters.sequence(fact).equals(sequence))
                .map(fact -> Long.valueOf(fact.substring(fact.indexOf(':') + 1)))
                .toList();
    }

    @Override
    public void inTransaction(Runnable batch) {
        batch.run();
    }
}
