package dev.parley.command.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.command.Caller;
import dev.parley.command.RealParts;
import dev.parley.messages.AccountId;
import dev.parley.messages.GameId;
import dev.parley.messages.Role;
import dev.parley.messages.application.ApplicationEvent.ApplicationCleared;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

class RoleProjectionIT {

    private final ApplicationContext commandSide = RealParts.commandSide();

    @Test
    void aClearTakesTheRolesOfAccountsThatAreGone() {
        RoleStore store = commandSide.getBean(RoleStore.class);
        String name = "role-" + UUID.randomUUID().toString().substring(0, 8);
        AccountId here = AccountId.of(Caller.register(commandSide, name).account());
        AccountId gone = new AccountId(UUID.randomUUID());
        store.put(here, Role.AUDITOR, true, 1);
        store.put(gone, Role.AUDITOR, true, 1);
        commandSide.getBean(RoleProjection.class).on(new ApplicationCleared(0, new GameId(1), Instant.now()));
        assertThat(isKept(here)).isTrue();
        assertThat(isKept(gone)).isFalse();
    }

    private boolean isKept(AccountId account) {
        return commandSide
                .getBean(JdbcClient.class)
                .sql("select exists (select from command_side.account_role where account = ?)")
                .param(account.value())
                .query(Boolean.class)
                .single();
    }
}
