package dev.parley.messages.session;

import dev.parley.messages.AccountId;
import dev.parley.messages.Fact;
import dev.parley.messages.SessionId;
import dev.parley.messages.StoredName;
import java.time.Instant;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/// Facts about one session, which has a stream of its own: an opening and an end. Never its token or a hash of it.
public sealed interface SessionEvent extends Fact {

    SessionId session();

    AccountId account();

    @StoredName("SessionOpened")
    @Revision("1")
    record SessionOpened(SessionId session, AccountId account, Instant at) implements SessionEvent {}

    /// Its token is good for nothing any more. Sessions that a cleared application takes with it have no such fact.
    ///
    /// @param by who ended it; null for one that expired
    @StoredName("SessionClosed")
    @Revision("1")
    record SessionClosed(
            SessionId session,
            AccountId account,
            SessionEnd reason,
            @Nullable AccountId by,
            Instant at) implements SessionEvent {}
}
