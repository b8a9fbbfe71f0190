package dev.parley.command.archiving;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.parley.command.dispatch.Refusal;
import dev.parley.command.limit.ArchiveLimit;
import dev.parley.messages.archive.AccessId;
import dev.parley.messages.archive.ArchiveCommand.RecordArchiveAccess;
import dev.parley.messages.archive.ArchiveEvent.ArchiveAccessed;
import java.time.temporal.ChronoUnit;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/// One look at the archive: a stream of one fact, so that nobody waits for another. Repeated it changes
/// nothing.
@Aggregate
class ArchiveAccess {

    @AggregateIdentifier
    private @Nullable AccessId id;

    ArchiveAccess() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RecordArchiveAccess command, ArchiveLimit limit) {
        if (id != null) {
            return;
        }
        Refusal.ifAny(Wanted.fault(command.query(), command.filters()));
        Refusal.ifAny(limit.count(command.account()));
        apply(new ArchiveAccessed(
                command.access(),
                command.account(),
                command.use(),
                command.query(),
                command.filters(),
                command.at().truncatedTo(ChronoUnit.MILLIS)));
    }

    @EventSourcingHandler
    void on(ArchiveAccessed event) {
        id = event.access();
    }
}
