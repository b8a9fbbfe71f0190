package dev.parley.testing;

import dev.parley.messages.AccountId;
import dev.parley.messages.Fact;
import dev.parley.messages.Role;
import dev.parley.messages.SessionId;
import dev.parley.messages.account.AccountEvent.RoleGranted;
import dev.parley.messages.account.AccountEvent.RoleWithdrawn;
import dev.parley.messages.archive.AccessId;
import dev.parley.messages.archive.AnalystId;
import dev.parley.messages.archive.ArchiveEvent.ArchiveAccessed;
import dev.parley.messages.archive.ArchiveEvent.SavedSearchDeleted;
import dev.parley.messages.archive.ArchiveEvent.SearchSaved;
import dev.parley.messages.archive.ArchiveFilters;
import dev.parley.messages.archive.ArchiveUse;
import dev.parley.messages.archive.SavedSearchId;
import dev.parley.messages.session.SessionEnd;
import dev.parley.messages.session.SessionEvent.SessionClosed;
import dev.parley.messages.session.SessionEvent.SessionOpened;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// What happens in a [Story] outside of conversations and games: roles, sessions and what analysts do.
final class Asides {

    private static final Instant AT = Story.START;

    private final Story story;
    private final Map<String, Long> seqs = new HashMap<>();
    private final List<SessionOpened> sessions = new ArrayList<>();
    private final List<SearchSaved> searches = new ArrayList<>();

    Asides(Story story) {
        this.story = story;
    }

    void tell(Random random, AccountId account) {
        switch (random.nextInt(5)) {
            case 0 -> add(account, role(random, account));
            case 1 -> session(random, account);
            case 2 ->
                add(
                        "access" + story.facts().size(),
                        new ArchiveAccessed(
                                new AccessId(story.uuid("access" + story.facts().size())),
                                account,
                                ArchiveUse.SEARCH,
                                "tea",
                                ArchiveFilters.NONE,
                                AT));
            default -> search(random, account);
        }
    }

    private static Fact role(Random random, AccountId account) {
        return random.nextBoolean()
                ? new RoleGranted(account, Role.ANALYST, account, AT)
                : new RoleWithdrawn(account, Role.ANALYST, account, AT);
    }

    private void session(Random random, AccountId account) {
        if (sessions.isEmpty() || random.nextBoolean()) {
            int now = story.facts().size();
            SessionOpened opened = new SessionOpened(new SessionId(story.uuid("session" + now)), account, AT);
            sessions.add(opened);
            add(opened.session(), opened);
        } else {
            SessionOpened one = sessions.removeLast();
            add(one.session(), new SessionClosed(one.session(), one.account(), SessionEnd.LOGGED_OUT, account, AT));
        }
    }

    /// Some are deleted twice, or after a clear.
    private void search(Random random, AccountId account) {
        int now = story.facts().size();
        SearchSaved known = searches.isEmpty() ? null : searches.get(random.nextInt(searches.size()));
        if (known != null && random.nextInt(3) == 0) {
            add(new AnalystId(known.account()), new SavedSearchDeleted(known.search(), known.account(), AT));
        } else {
            ArchiveFilters filters =
                    new ArchiveFilters(List.of(account), List.of(), List.of("latin"), List.of(), null, AT);
            SearchSaved saved = new SearchSaved(
                    new SavedSearchId(story.uuid("search" + now)),
                    account,
                    "s" + now,
                    random.nextBoolean() ? null : "tea " + now,
                    filters,
                    AT);
            searches.add(saved);
            add(new AnalystId(account), saved);
        }
    }

    private void add(Object stream, Fact fact) {
        story.add(stream.toString(), seqs.merge(stream.toString(), 1L, Long::sum), fact);
    }
}
