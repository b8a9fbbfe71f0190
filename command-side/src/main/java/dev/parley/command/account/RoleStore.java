package dev.parley.command.account;

import dev.parley.messages.AccountId;
import dev.parley.messages.Role;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The table `command_side.account_role`: which roles an account holds or held.
///
/// It is written twice, by the request that changes a role, so that it counts at once, and by [RoleProjection], so that
/// it is right whatever became of that request. Each row knows the event it stems from and gives way only to a later
/// one, so the order of the two does not matter and an old event never brings a withdrawn role back.
@Component
@DependsOn("commandSideSchema")
class RoleStore {

    private final JdbcClient jdbc;

    RoleStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @param seq of the account's event as of which it is so
    void put(AccountId account, Role role, boolean held, long seq) {
        jdbc.sql("""
                insert into command_side.account_role as known (account, role, held, seq) values (?, ?, ?, ?)
                on conflict (account, role) do update set held = excluded.held, seq = excluded.seq
                where excluded.seq >= known.seq""").params(account.value(), role.name(), held, seq).update();
    }

    /// Forgets roles of accounts that are gone.
    void removeOrphans() {
        jdbc.sql("""
                delete from command_side.account_role r
                where not exists (select from command_side.account a where a.account = r.account)""").update();
    }
}
