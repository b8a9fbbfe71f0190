package dev.parley.messages.application;

import dev.parley.messages.Fact;
import dev.parley.messages.GameId;
import dev.parley.messages.StoredName;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/// Facts about the application as a whole, in one stream.
public sealed interface ApplicationEvent extends Fact {

    /// Everything before this is over: accounts, sessions, games and conversations are gone, and every projection
    /// empties itself of what stems from earlier facts. The facts themselves stay, for auditors.
    ///
    /// @param era how many times the application was cleared, this time included
    /// @param firstGame games below this number belong to the past even if they are created after this fact
    @StoredName("ApplicationCleared")
    @Revision("1")
    record ApplicationCleared(long era, GameId firstGame, Instant at) implements ApplicationEvent {}
}
