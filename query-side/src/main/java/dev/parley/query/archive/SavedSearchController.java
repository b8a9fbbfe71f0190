package dev.parley.query.archive;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.messages.AccountId;
import dev.parley.messages.archive.AnalystId;
import dev.parley.messages.archive.ArchiveCommand;
import dev.parley.messages.archive.ArchiveCommand.DeleteSavedSearch;
import dev.parley.messages.archive.ArchiveCommand.SaveSearch;
import dev.parley.messages.archive.SavedSearchId;
import dev.parley.query.QuerySideConfiguration;
import dev.parley.query.batch.Storable;
import dev.parley.query.paging.Parameters;
import dev.parley.query.progress.ProjectionProgress;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// The searches that an analyst keeps; nobody else sees them but auditors. They are run by any route of
/// the archive with `saved=<id>`.
@RestController
@RequestMapping("/api/v1/archive/searches")
class SavedSearchController {

    private static final String POSITION = "Parley-Position";

    private final SavedSearchTable table;
    private final Looks looks;
    private final ArchiveCommands commands;
    private final ProjectionProgress progress;
    private final EventStore store;

    SavedSearchController(
            SavedSearchTable table,
            Looks looks,
            ArchiveCommands commands,
            ProjectionProgress progress,
            EventStore store) {
        this.table = table;
        this.looks = looks;
        this.commands = commands;
        this.progress = progress;
        this.store = store;
    }

    /// What is to be kept: see [ArchiveParameters]. Days become instants now.
    record NewSearch(
            @Nullable String name,
            @Nullable String q,
            @Nullable List<String> sender,
            @Nullable List<String> conversation,
            @Nullable List<String> script,
            @Nullable List<String> attachment,
            @Nullable String since,
            @Nullable String until,
            @Nullable String tz) {

        Sought sought() {
            return new ArchiveParameters(q, sender, conversation, script, attachment, since, until, tz, null).sought();
        }
    }

    /// What is not narrowed is absent.
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Search(
            String id,
            String name,
            @Nullable String q,
            List<String> sender,
            List<String> conversation,
            List<String> script,
            List<String> attachment,
            @Nullable Instant since,
            @Nullable Instant until,
            Instant at) {}

    record Searches(List<Search> searches) {}

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<Search> save(HttpServletRequest request, @RequestBody NewSearch wanted) {
        AccountId analyst = Analysts.require(request);
        String name = wanted.name() == null ? "" : Storable.text(wanted.name().strip());
        if (name.isEmpty() || name.length() > ArchiveCommand.LONGEST_NAME) {
            throw Parameters.invalid("name", "1 to " + ArchiveCommand.LONGEST_NAME + " characters");
        }
        Sought sought = wanted.sought();
        looks.check(analyst, sought, wanted.tz());
        SavedSearchId id = new SavedSearchId(UUID.randomUUID());
        Instant now = Instant.now();
        commands.send(new SaveSearch(new AnalystId(analyst), id, name, sought.q(), sought.filters(), now));
        return written(HttpStatus.CREATED).body(shown(new SavedSearchTable.Row(id, name, sought, now)));
    }

    @GetMapping
    Searches list(
            HttpServletRequest request,
            @RequestHeader(name = ProjectionProgress.HEADER, required = false) @Nullable String after) {
        AccountId analyst = Analysts.require(request);
        progress.await(after, QuerySideConfiguration.ARCHIVE);
        return new Searches(
                table.of(analyst).stream().map(SavedSearchController::shown).toList());
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    ResponseEntity<Void> delete(HttpServletRequest request, @PathVariable String id) {
        AccountId analyst = Analysts.require(request);
        SavedSearchId search = ArchiveParameters.savedSearch("id", id);
        commands.send(new DeleteSavedSearch(new AnalystId(analyst), search, Instant.now()));
        return written(HttpStatus.NO_CONTENT).build();
    }

    /// With the store's head, so that a read can wait for what was written.
    private ResponseEntity.BodyBuilder written(HttpStatus status) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(status);
        TrackingToken head = store.createHeadToken();
        if (head != null && head.position().isPresent()) {
            answer.header(POSITION, Long.toString(head.position().getAsLong()));
        }
        return answer;
    }

    private static Search shown(SavedSearchTable.Row row) {
        Sought sought = row.sought();
        return new Search(
                row.id().toString(),
                row.name(),
                sought.q(),
                texts(sought.filters().senders()),
                texts(sought.filters().conversations()),
                sought.filters().scripts(),
                sought.filters().attachments(),
                sought.filters().since(),
                sought.filters().until(),
                row.at());
    }

    private static List<String> texts(List<?> ids) {
        return ids.stream().map(Object::toString).toList();
    }
}
