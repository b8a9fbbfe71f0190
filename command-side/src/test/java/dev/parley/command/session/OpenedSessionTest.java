package dev.parley.command.session;

import dev.parley.messages.AccountId;
import dev.parley.messages.SessionId;
import dev.parley.messages.session.SessionCommand.CloseSession;
import dev.parley.messages.session.SessionCommand.OpenSession;
import dev.parley.messages.session.SessionEnd;
import dev.parley.messages.session.SessionEvent.SessionClosed;
import dev.parley.messages.session.SessionEvent.SessionOpened;
import java.time.Instant;
import java.util.UUID;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.Test;

class OpenedSessionTest {

    private static final SessionId ID = new SessionId(UUID.randomUUID());
    private static final AccountId ALICE = new AccountId(UUID.randomUUID());
    private static final AccountId ADMIN = new AccountId(UUID.randomUUID());
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final SessionOpened OPENED = new SessionOpened(ID, ALICE, NOW);

    private final AggregateTestFixture<OpenedSession> fixture = new AggregateTestFixture<>(OpenedSession.class);

    @Test
    void isOpenedOnce() {
        OpenSession command = new OpenSession(ID, ALICE, NOW.plusNanos(1));
        fixture.givenNoPriorActivity().when(command).expectEvents(OPENED);
        fixture.given(OPENED).when(command).expectNoEvents().expectSuccessfulHandlerExecution();
    }

    @Test
    void isClosedOnce() {
        CloseSession command = new CloseSession(ID, SessionEnd.REVOKED, ADMIN, NOW);
        SessionClosed closed = new SessionClosed(ID, ALICE, SessionEnd.REVOKED, ADMIN, NOW);
        fixture.given(OPENED).when(command).expectEvents(closed);
        fixture.given(OPENED, closed).when(command).expectNoEvents().expectSuccessfulHandlerExecution();
    }

    @Test
    void nobodyEndsAnExpiredOne() {
        fixture.given(OPENED)
                .when(new CloseSession(ID, SessionEnd.EXPIRED, null, NOW))
                .expectEvents(new SessionClosed(ID, ALICE, SessionEnd.EXPIRED, null, NOW));
    }

    @Test
    void doesNotOpenAgain() {
        fixture.given(OPENED, new SessionClosed(ID, ALICE, SessionEnd.LOGGED_OUT, ALICE, NOW))
                .when(new OpenSession(ID, ALICE, NOW))
                .expectNoEvents();
    }

    @Test
    void hasNoEndBeforeItExists() {
        fixture.givenNoPriorActivity()
                .when(new CloseSession(ID, SessionEnd.LOGGED_OUT, ALICE, NOW))
                .expectException(AggregateNotFoundException.class);
    }
}
