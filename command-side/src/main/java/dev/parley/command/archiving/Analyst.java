package dev.parley.command.archiving;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.parley.command.dispatch.Refusal;
import dev.parley.command.limit.ArchiveLimit;
import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.archive.AnalystId;
import dev.parley.messages.archive.ArchiveCommand;
import dev.parley.messages.archive.ArchiveCommand.DeleteSavedSearch;
import dev.parley.messages.archive.ArchiveCommand.SaveSearch;
import dev.parley.messages.archive.ArchiveEvent;
import dev.parley.messages.archive.ArchiveEvent.ArchiveAccessed;
import dev.parley.messages.archive.ArchiveEvent.SavedSearchDeleted;
import dev.parley.messages.archive.ArchiveEvent.SearchSaved;
import dev.parley.messages.archive.SavedSearchId;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/// The searches that one account keeps: which, so that there are not too many.
@Aggregate(cache = "aggregateCache")
class Analyst {

    @AggregateIdentifier
    private @Nullable AnalystId id;

    private final Set<SavedSearchId> kept = new HashSet<>();

    Analyst() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(SaveSearch command, ArchiveLimit limit) {
        if (kept.contains(command.search())) {
            return;
        }
        Refusal.ifAny(fault(command));
        Refusal.ifAny(limit.count(command.account()));
        apply(new SearchSaved(
                command.search(),
                command.account(),
                command.name(),
                command.query(),
                command.filters(),
                command.at().truncatedTo(ChronoUnit.MILLIS)));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(DeleteSavedSearch command) {
        if (!kept.contains(command.search())) {
            throw new Refusal(RejectionCode.NOT_FOUND, "You keep no such search");
        }
        apply(new SavedSearchDeleted(
                command.search(), command.account(), command.at().truncatedTo(ChronoUnit.MILLIS)));
    }

    private @Nullable Rejection fault(SaveSearch command) {
        if (command.name().isBlank() || command.name().length() > ArchiveCommand.LONGEST_NAME) {
            return Rejection.invalid("name", "1 to " + ArchiveCommand.LONGEST_NAME + " characters");
        }
        if (kept.size() >= ArchiveCommand.MOST_SEARCHES) {
            return Rejection.invalid(
                    "name", "You keep " + ArchiveCommand.MOST_SEARCHES + " searches, the most there may be");
        }
        return Wanted.fault(command.query(), command.filters());
    }

    @EventSourcingHandler
    void on(ArchiveEvent event) {
        id = new AnalystId(event.account());
        switch (event) {
            case SearchSaved it -> kept.add(it.search());
            case SavedSearchDeleted it -> kept.remove(it.search());
            case ArchiveAccessed it -> {}
        }
    }
}
