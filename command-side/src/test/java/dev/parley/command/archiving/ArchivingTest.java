package dev.parley.command.archiving;

import dev.parley.command.dispatch.Refusal;
import dev.parley.command.limit.ArchiveLimit;
import dev.parley.command.limit.Limit;
import dev.parley.messages.AccountId;
import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.archive.AccessId;
import dev.parley.messages.archive.AnalystId;
import dev.parley.messages.archive.ArchiveCommand.DeleteSavedSearch;
import dev.parley.messages.archive.ArchiveCommand.RecordArchiveAccess;
import dev.parley.messages.archive.ArchiveCommand.SaveSearch;
import dev.parley.messages.archive.ArchiveEvent.ArchiveAccessed;
import dev.parley.messages.archive.ArchiveEvent.SavedSearchDeleted;
import dev.parley.messages.archive.ArchiveEvent.SearchSaved;
import dev.parley.messages.archive.ArchiveFilters;
import dev.parley.messages.archive.ArchiveUse;
import dev.parley.messages.archive.SavedSearchId;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.axonframework.test.aggregate.ResultValidator;
import org.junit.jupiter.api.Test;

class ArchivingTest {

    private static final AccountId ANN = new AccountId(UUID.randomUUID());
    private static final AccessId ACCESS = new AccessId(UUID.randomUUID());
    private static final AnalystId SHELF = new AnalystId(ANN);
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

    private final ArchiveLimit limit = new ArchiveLimit(
            new Limit(3, Duration.ofHours(1)), TimeMeter.SYSTEM_MILLISECONDS, new SimpleMeterRegistry());
    private final FixtureConfiguration<ArchiveAccess> accesses =
            new AggregateTestFixture<>(ArchiveAccess.class).registerInjectableResource(limit);
    private final FixtureConfiguration<Analyst> analysts =
            new AggregateTestFixture<>(Analyst.class).registerInjectableResource(limit);

    @Test
    void everyLookIsAFactOfItsOwn() {
        RecordArchiveAccess command =
                new RecordArchiveAccess(ACCESS, ANN, ArchiveUse.FACETS, "tea", ArchiveFilters.NONE, NOW.plusNanos(7));
        ArchiveAccessed fact = new ArchiveAccessed(ACCESS, ANN, ArchiveUse.FACETS, "tea", ArchiveFilters.NONE, NOW);
        accesses.givenNoPriorActivity().when(command).expectEvents(fact);
        accesses.given(fact).when(command).expectNoEvents().expectSuccessfulHandlerExecution();
    }

    @Test
    void whoLooksTooOftenIsRefusedAndNobodyElse() {
        for (int i = 0; i < 3; i++) {
            Assertions.assertThat(limit.count(ANN)).isNull();
        }
        Assertions.assertThat(limit.count(new AccountId(UUID.randomUUID()))).isNull();
        ResultValidator<ArchiveAccess> result = accesses.givenNoPriorActivity().when(look("tea", ArchiveFilters.NONE));
        result.expectNoEvents()
                .expectException(Refusal.class)
                .expectExceptionMessage("You search the archive too often");
    }

    @Test
    void whatIsStoredIsBounded() {
        List<String> many = Collections.nCopies(101, "latin");
        List<AccountId> people = Collections.nCopies(101, ANN);
        refuses(look("x".repeat(501), ArchiveFilters.NONE), "q");
        refuses(look(null, new ArchiveFilters(people, List.of(), List.of(), List.of(), null, null)), "sender");
        refuses(look(null, new ArchiveFilters(List.of(), List.of(), many, List.of(), null, null)), "script");
        refuses(
                look(null, new ArchiveFilters(List.of(), List.of(), List.of(), List.of("x".repeat(201)), null, null)),
                "attachment");
    }

    @Test
    void aSearchIsKeptOnceAndDeletedOnce() {
        SavedSearchId search = new SavedSearchId(UUID.randomUUID());
        SearchSaved saved = new SearchSaved(search, ANN, "Tea", "tea", ArchiveFilters.NONE, NOW);
        SavedSearchDeleted deleted = new SavedSearchDeleted(search, ANN, NOW);
        analysts.givenNoPriorActivity().when(save(search, "Tea")).expectEvents(saved);
        analysts.given(saved).when(save(search, "Tea")).expectNoEvents().expectSuccessfulHandlerExecution();
        analysts.given(saved).when(new DeleteSavedSearch(SHELF, search, NOW)).expectEvents(deleted);
        refuses(
                analysts.given(saved, deleted).when(new DeleteSavedSearch(SHELF, search, NOW)),
                new Rejection(RejectionCode.NOT_FOUND, "You keep no such search"));
        refuses(
                analysts.givenNoPriorActivity().when(new DeleteSavedSearch(SHELF, search, NOW)),
                new Rejection(RejectionCode.NOT_FOUND, "You keep no such search"));
    }

    @Test
    void aHundredSearchesAreKeptAndTheirNamesAreShort() {
        List<SearchSaved> hundred = Stream.generate(() -> new SearchSaved(
                        new SavedSearchId(UUID.randomUUID()), ANN, "Tea", "tea", ArchiveFilters.NONE, NOW))
                .limit(100)
                .toList();
        refuses(
                analysts.given(hundred).when(save(new SavedSearchId(UUID.randomUUID()), "Tea")),
                Rejection.invalid("name", "You keep 100 searches, the most there may be"));
        refuses(
                analysts.givenNoPriorActivity().when(save(new SavedSearchId(UUID.randomUUID()), "x".repeat(101))),
                Rejection.invalid("name", "1 to 100 characters"));
        refuses(
                analysts.givenNoPriorActivity().when(save(new SavedSearchId(UUID.randomUUID()), " ")),
                Rejection.invalid("name", "1 to 100 characters"));
    }

    private static RecordArchiveAccess look(String query, ArchiveFilters filters) {
        return new RecordArchiveAccess(ACCESS, ANN, ArchiveUse.SEARCH, query, filters, NOW);
    }

    private static SaveSearch save(SavedSearchId search, String name) {
        return new SaveSearch(SHELF, search, name, "tea", ArchiveFilters.NONE, NOW);
    }

    private void refuses(RecordArchiveAccess command, String field) {
        Rejection fault = Wanted.fault(command.query(), command.filters());
        Assertions.assertThat(fault).extracting(Rejection::field).isEqualTo(field);
        refuses(accesses.givenNoPriorActivity().when(command), fault);
    }

    private static void refuses(ResultValidator<?> result, Rejection rejection) {
        result.expectNoEvents().expectException(Refusal.class).expectExceptionDetails(rejection);
    }
}
