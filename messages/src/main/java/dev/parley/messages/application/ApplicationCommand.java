package dev.parley.messages.application;

import dev.parley.messages.GameId;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/// Requests that concern the application as a whole.
public sealed interface ApplicationCommand {

    /// The one stream they all go to.
    String APPLICATION = "application";

    String application();

    /// Repeated for the same or an earlier era it changes nothing.
    ///
    /// @param era see `ApplicationCleared`
    record ClearApplication(@TargetAggregateIdentifier String application, long era, GameId firstGame, Instant at)
            implements ApplicationCommand {

        public ClearApplication(long era, GameId firstGame, Instant at) {
            this(APPLICATION, era, firstGame, at);
        }
    }
}
