package dev.parley.command.dispatch;

import org.axonframework.messaging.unitofwork.RollbackConfiguration;

/// For the local command bus: a refused command is not rolled back.
///
/// A rollback throws the aggregate out of the cache, so that whoever is refused over and over would make the node read
/// the conversation again each time. Aggregates here refuse before they apply anything, so nothing is committed by it.
public final class RejectionsKeepState implements RollbackConfiguration {

    @Override
    public boolean rollBackOn(Throwable failure) {
        return Refusal.in(failure) == null;
    }
}
