package dev.parley.command.account;

import dev.parley.messages.account.AccountEvent;
import dev.parley.messages.account.AccountEvent.AccountRegistered;
import dev.parley.messages.account.AccountEvent.RoleGranted;
import dev.parley.messages.account.AccountEvent.RoleWithdrawn;
import dev.parley.messages.application.ApplicationEvent;
import dev.parley.messages.application.ApplicationEvent.ApplicationCleared;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.springframework.stereotype.Component;

/// Keeps [RoleStore] as the facts say, should a request have ended between its event and its row.
@Component
@ProcessingGroup(RoleProjection.NAME)
class RoleProjection {

    static final String NAME = "account-roles";

    private final RoleStore roles;

    RoleProjection(RoleStore roles) {
        this.roles = roles;
    }

    @EventHandler
    void on(AccountEvent event, @SequenceNumber long seq) {
        switch (event) {
            case AccountRegistered it -> {}
            case RoleGranted it -> roles.put(it.account(), it.role(), true, seq);
            case RoleWithdrawn it -> roles.put(it.account(), it.role(), false, seq);
        }
    }

    /// Whose account a clear took with it holds no role, whatever the facts of before say.
    @EventHandler
    void on(ApplicationEvent event) {
        switch (event) {
            case ApplicationCleared it -> roles.removeOrphans();
        }
    }
}
