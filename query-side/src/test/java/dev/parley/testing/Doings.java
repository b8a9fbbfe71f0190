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
import java.util.List;
import java.util.Random;

/// What the people of a [Story] do outside of its conversations: their roles and sessions, and their
/// work in the archive. Some delete what they saved before a clear.
final class Doings {

    private static final Instant AT = Story.START;

    private final Story story;
    private final List<Kept> kept = new ArrayList<>();

    private record Kept(SavedSearchId search, AccountId account) {}

    Doings(Story story) {
        this.story = story;
    }

    void tell(Random random, int person) {
        AccountId account = story.account(person);
        int now = story.facts().size();
        SessionId session = new SessionId(story.uuid("session" + now));
        switch (random.nextInt(10)) {
            case 0 -> story.add(account.toString(), new RoleGranted(account, Role.ANALYST, account, AT));
            case 1 -> story.add(account.toString(), new RoleWithdrawn(account, Role.ANALYST, account, AT));
            case 2 -> story.add(session.toString(), new SessionOpened(session, account, AT));
            case 3 ->
                story.add(session.toString(), new SessionClosed(session, account, SessionEnd.values()[0], null, AT));
            case 4 -> {
                AccessId access = new AccessId(story.uuid("access" + now));
                ArchiveUse use = ArchiveUse.values()[random.nextInt(ArchiveUse.values().length)];
                story.add(access.toString(), new ArchiveAccessed(access, account, use, "tea", filters(random), AT));
            }
            case 5, 6, 7 -> save(random, account, now);
            default -> delete(random);
        }
    }

    private void save(Random random, AccountId account, int now) {
        SavedSearchId search = story.search(now);
        kept.add(new Kept(search, account));
        String query = random.nextBoolean() ? null : "te\u0000a " + now;
        add(account, new SearchSaved(search, account, "n\u0000 " + now, query, filters(random), AT.plusSeconds(now)));
    }

    private void delete(Random random) {
        if (!kept.isEmpty()) {
            Kept gone = kept.remove(random.nextInt(kept.size()));
            add(gone.account(), new SavedSearchDeleted(gone.search(), gone.account(), AT));
        }
    }

    private void add(AccountId account, Fact fact) {
        story.add(new AnalystId(account).toString(), fact);
    }

    private ArchiveFilters filters(Random random) {
        return random.nextBoolean()
                ? ArchiveFilters.NONE
                : new ArchiveFilters(
                        List.of(story.account(0), story.account(1)),
                        List.of(story.conversation(0)),
                        List.of("latin"),
                        List.of("image/png"),
                        random.nextBoolean() ? null : AT,
                        AT.plusSeconds(random.nextInt(99)));
    }
}
