package dev.parley.command.application;

import dev.parley.messages.GameId;
import dev.parley.messages.application.ApplicationCommand.ClearApplication;
import dev.parley.messages.application.ApplicationEvent.ApplicationCleared;
import java.time.Instant;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.Test;

class ApplicationTest {

    private static final GameId FLOOR = new GameId(9);
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

    private final AggregateTestFixture<Application> fixture = new AggregateTestFixture<>(Application.class);

    @Test
    void isClearedOnceAnEra() {
        fixture.givenNoPriorActivity().when(clear(1)).expectEvents(cleared(1));
        fixture.given(cleared(1)).when(clear(1)).expectNoEvents().expectSuccessfulHandlerExecution();
        fixture.given(cleared(1)).when(clear(2)).expectEvents(cleared(2));
    }

    @Test
    void anEraThatComesLateIsOverAlready() {
        fixture.given(cleared(3)).when(clear(2)).expectNoEvents().expectSuccessfulHandlerExecution();
    }

    private static ClearApplication clear(long era) {
        return new ClearApplication(era, FLOOR, NOW.plusNanos(1));
    }

    private static ApplicationCleared cleared(long era) {
        return new ApplicationCleared(era, FLOOR, NOW);
    }
}
