package dev.parley.command.account;

import dev.parley.command.dispatch.Refusal;
import dev.parley.messages.AccountId;
import dev.parley.messages.Role;
import dev.parley.messages.account.AccountCommand.GrantRole;
import dev.parley.messages.account.AccountCommand.RegisterAccount;
import dev.parley.messages.account.AccountCommand.WithdrawRole;
import dev.parley.messages.account.AccountEvent.AccountRegistered;
import dev.parley.messages.account.AccountEvent.RoleGranted;
import dev.parley.messages.account.AccountEvent.RoleWithdrawn;
import java.time.Instant;
import java.util.UUID;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.Test;

class AccountTest {

    private static final AccountId ALICE = new AccountId(UUID.randomUUID());
    private static final AccountId ADMIN = new AccountId(UUID.randomUUID());
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final AccountRegistered REGISTERED = new AccountRegistered(ALICE, "alice", "Alice", null, NOW);
    private static final RoleGranted GRANTED = new RoleGranted(ALICE, Role.AUDITOR, ADMIN, NOW);

    private final AggregateTestFixture<Account> fixture = new AggregateTestFixture<>(Account.class);

    @Test
    void isRegisteredOnce() {
        RegisterAccount command = new RegisterAccount(ALICE, "alice", "Alice", null, NOW);
        fixture.givenNoPriorActivity().when(command).expectEvents(REGISTERED);
        fixture.given(REGISTERED).when(command).expectNoEvents().expectSuccessfulHandlerExecution();
    }

    @Test
    void holdsARoleOnce() {
        GrantRole command = new GrantRole(ALICE, Role.AUDITOR, ADMIN, NOW);
        fixture.given(REGISTERED).when(command).expectEvents(GRANTED).expectResultMessagePayload(new RoleHeld(true, 1));
        fixture.given(REGISTERED, GRANTED)
                .when(command)
                .expectNoEvents()
                .expectResultMessagePayload(new RoleHeld(true, 1));
    }

    @Test
    void losesARoleItHolds() {
        WithdrawRole command = new WithdrawRole(ALICE, Role.AUDITOR, ADMIN, NOW);
        fixture.given(REGISTERED, GRANTED)
                .when(command)
                .expectEvents(new RoleWithdrawn(ALICE, Role.AUDITOR, ADMIN, NOW))
                .expectResultMessagePayload(new RoleHeld(false, 2));
        fixture.given(REGISTERED).when(command).expectNoEvents().expectResultMessagePayload(new RoleHeld(false, 0));
    }

    @Test
    void isAUserForGood() {
        fixture.given(REGISTERED)
                .when(new WithdrawRole(ALICE, Role.USER, ADMIN, NOW))
                .expectNoEvents()
                .expectException(Refusal.class);
    }

    @Test
    void hasNoRolesBeforeItExists() {
        fixture.givenNoPriorActivity()
                .when(new GrantRole(ALICE, Role.AUDITOR, ADMIN, NOW))
                .expectException(AggregateNotFoundException.class);
    }
}
