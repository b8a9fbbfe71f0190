package dev.parley.app.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.messages.AccountId;
import dev.parley.messages.Fact;
import dev.parley.messages.GameId;
import dev.parley.messages.Role;
import dev.parley.messages.SessionId;
import dev.parley.messages.account.AccountEvent.RoleGranted;
import dev.parley.messages.account.AccountEvent.RoleWithdrawn;
import dev.parley.messages.application.ApplicationEvent.ApplicationCleared;
import dev.parley.messages.query.Session;
import dev.parley.messages.session.SessionEnd;
import dev.parley.messages.session.SessionEvent.SessionClosed;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GenericTrackedEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SessionCacheTest {

    private static final AccountId ALICE = new AccountId(UUID.randomUUID());
    private static final Session SESSION =
            new Session(new SessionId(UUID.randomUUID()), ALICE, "alice", Set.of(Role.USER));

    private @Nullable Session answer = SESSION;
    private Runnable meanwhile = () -> {};
    private int asked;
    private final SessionCache cache = new SessionCache(this::find, new SimpleMeterRegistry());

    static Stream<Fact> changesOfAlice() {
        return Stream.of(
                closed(SESSION.id()),
                new RoleGranted(ALICE, Role.AUDITOR, ALICE, Instant.EPOCH),
                new RoleWithdrawn(ALICE, Role.AUDITOR, ALICE, Instant.EPOCH),
                new ApplicationCleared(1, new GameId(1), Instant.EPOCH));
    }

    @Test
    void asksOnceForASessionOfAPlainUser() {
        assertThat(cache.find("token")).isEqualTo(SESSION);
        assertThat(cache.find("token")).isEqualTo(SESSION);
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void asksEachTimeForAnAuditor() {
        answer = new Session(SESSION.id(), ALICE, "alice", Set.of(Role.USER, Role.AUDITOR));
        cache.find("token");
        cache.find("token");
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void asksEachTimeForATokenThatIsNotGood() {
        answer = null;
        assertThat(cache.find("token")).isNull();
        answer = SESSION;
        assertThat(cache.find("token")).isEqualTo(SESSION);
    }

    @ParameterizedTest
    @MethodSource("changesOfAlice")
    void aChangeOfTheSessionDropsIt(Fact change) {
        cache.find("token");
        show(change);
        answer = null;
        assertThat(cache.find("token")).isNull();
    }

    @ParameterizedTest
    @MethodSource("changesOfAlice")
    void anAnswerThatWasOnItsWayWhileTheSessionChangedIsNotKept(Fact change) {
        meanwhile = () -> show(change);
        cache.find("token");
        answer = null;
        assertThat(cache.find("token")).isNull();
    }

    @Test
    void anAnswerThatWasOnItsWayForTooManyChangesIsNotKept() {
        meanwhile = () -> {
            for (int i = 0; i < 2_000; i++) {
                show(closed(new SessionId(UUID.randomUUID())));
            }
        };
        cache.find("token");
        meanwhile = () -> {};
        cache.find("token");
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void changesOfOthersLeaveIt() {
        meanwhile = () -> show(closed(new SessionId(UUID.randomUUID())));
        cache.find("token");
        show(new RoleGranted(new AccountId(UUID.randomUUID()), Role.ADMIN, ALICE, Instant.EPOCH));
        cache.find("token");
        assertThat(asked).isEqualTo(1);
    }

    /// Until the row of the role is written, the table's answer may be that of before.
    @Test
    void anAccountWhoseRolesJustChangedIsNotKept() {
        show(new RoleGranted(ALICE, Role.ADMIN, ALICE, Instant.EPOCH));
        cache.find("token");
        cache.find("token");
        assertThat(asked).isEqualTo(2);
    }

    private @Nullable Session find(String hash) {
        asked++;
        assertThat(hash).hasSize(64).doesNotContain("token");
        Session found = answer;
        meanwhile.run();
        return found;
    }

    private static SessionClosed closed(SessionId session) {
        return new SessionClosed(session, ALICE, SessionEnd.LOGGED_OUT, ALICE, Instant.EPOCH);
    }

    private void show(Fact fact) {
        cache.event(
                1,
                new GenericTrackedEventMessage<>(
                        new GlobalSequenceTrackingToken(1), GenericEventMessage.asEventMessage(fact)));
    }
}
