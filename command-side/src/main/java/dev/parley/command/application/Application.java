package dev.parley.command.application;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.parley.messages.application.ApplicationCommand;
import dev.parley.messages.application.ApplicationCommand.ClearApplication;
import dev.parley.messages.application.ApplicationEvent;
import dev.parley.messages.application.ApplicationEvent.ApplicationCleared;
import java.time.temporal.ChronoUnit;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/// The one aggregate of its kind: which era it is. The numbers of eras come from a table; here they
/// only rise.
@Aggregate(cache = "aggregateCache")
class Application {

    @AggregateIdentifier
    private @Nullable String id;

    private long era;

    Application() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(ClearApplication command) {
        if (command.era() > era) {
            apply(new ApplicationCleared(
                    command.era(), command.firstGame(), command.at().truncatedTo(ChronoUnit.MILLIS)));
        }
    }

    @EventSourcingHandler
    void on(ApplicationEvent event) {
        id = ApplicationCommand.APPLICATION;
        switch (event) {
            case ApplicationCleared it -> era = it.era();
        }
    }
}
