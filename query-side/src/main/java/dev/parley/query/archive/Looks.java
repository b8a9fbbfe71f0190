package dev.parley.query.archive;

import dev.parley.messages.AccountId;
import dev.parley.messages.archive.AccessId;
import dev.parley.messages.archive.ArchiveCommand.RecordArchiveAccess;
import dev.parley.messages.archive.ArchiveUse;
import dev.parley.messages.archive.SavedSearchId;
import dev.parley.query.search.Searches;
import dev.parley.query.search.Searches.Asker;
import dev.parley.query.search.Searches.Compiled;
import dev.parley.query.search.Searches.Reach;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The one door to the archive: nothing is read before it is stored who looks for what. Without that
/// fact there is no answer.
@Component
class Looks {

    private final Searches searches;
    private final SavedSearchTable saved;
    private final ArchiveCommands commands;

    Looks(Searches searches, SavedSearchTable saved, ArchiveCommands commands) {
        this.searches = searches;
        this.saved = saved;
        this.commands = commands;
    }

    /// To be called when all parameters are known to be good.
    ///
    /// @throws dev.parley.messages.RejectedException `forbidden`, `invalid`, `rate-limited`, or
    ///     `unavailable` where the fact cannot be stored
    Look begin(HttpServletRequest request, ArchiveUse use, ArchiveParameters parameters) {
        AccountId analyst = Analysts.require(request);
        SavedSearchId search = parameters.savedSearch();
        Sought sought = search == null ? parameters.sought() : saved.find(analyst, search);
        Look look = look(analyst, sought, parameters.tz());
        commands.send(new RecordArchiveAccess(
                new AccessId(UUID.randomUUID()), analyst, use, sought.q(), sought.filters(), Instant.now()));
        return look;
    }

    /// Makes sure that a search can be read.
    ///
    /// @throws dev.parley.messages.RejectedException `invalid`
    void check(AccountId analyst, Sought sought, @Nullable String tz) {
        var _ = look(analyst, sought, tz);
    }

    private Look look(AccountId analyst, Sought sought, @Nullable String tz) {
        Asker asker = new Asker(analyst, Reach.ALL, Times.of(tz).zone());
        Compiled text = sought.q() == null ? null : searches.compile(sought.q(), asker);
        return new Look(analyst, sought.filters(), text);
    }
}
