package dev.parley.query.batch;

import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;

class InMemoryLettersTest implements LettersContract {

    private final InMemoryLetters letters = new InMemoryLetters();
    private int number;

    @Override
    public Letters letters() {
        return letters;
    }

    @Override
    public EventMessage<?> fact(int sequence) {
        return GenericEventMessage.asEventMessage(sequence + ":" + number++);
    }

    @Override
    public void together(Runnable work) {
        work.run();
    }
}
