package dev.parley.query.audit;

import dev.parley.query.paging.Parameters;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Lets auditors replay the facts from the event store itself, as pages or, with `Accept: application/x-ndjson`, as a
/// stream of lines. The app lets nobody but auditors in here.
@RestController
class AuditController {

    static final String NDJSON = "application/x-ndjson";

    private static final int MAX_LIMIT = 1_000;

    private final EventLog log;
    private final EventExports exports;

    AuditController(EventLog log, EventExports exports) {
        this.log = log;
        this.exports = exports;
    }

    @GetMapping("/api/v1/audit/events")
    EventLog.Page events(
            @Nullable Principal auditor,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String since,
            @RequestParam(required = false) @Nullable String until,
            @RequestParam(required = false) @Nullable List<String> type,
            @RequestParam(required = false) @Nullable String conversation,
            @RequestParam(required = false) @Nullable String account) {
        Selection selection =
                Selection.ofPositions(from, to).ofTimes(since, until).of(conversation, account, type);
        AccessLog.note(auditor, "page", selection.stream());
        return log.read(position(after), Parameters.limit(limit, MAX_LIMIT), selection);
    }

    /// @param follow true to go on with facts to come, until the reader leaves or the server ends it
    @GetMapping(path = "/api/v1/audit/events", produces = NDJSON)
    void export(
            @Nullable Principal auditor,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String since,
            @RequestParam(required = false) @Nullable String until,
            @RequestParam(required = false) @Nullable List<String> type,
            @RequestParam(required = false) @Nullable String conversation,
            @RequestParam(required = false) @Nullable String account,
            @RequestParam(required = false, defaultValue = "false") String follow,
            HttpServletResponse response) {
        Selection selection =
                Selection.ofPositions(from, to).ofTimes(since, until).of(conversation, account, type);
        boolean live = follows(follow);
        if (live && (to != null || until != null)) {
            throw Parameters.invalid("follow", "What is followed has no end: leave out to and until");
        }
        AccessLog.note(auditor, live ? "follow" : "export", selection.stream());
        exports.write(selection, position(after), live, () -> {
            response.setContentType(NDJSON);
            return response.getOutputStream();
        });
    }

    private static boolean follows(String follow) {
        return switch (follow) {
            case "true" -> true;
            case "false" -> false;
            default -> throw Parameters.invalid("follow", "true or false");
        };
    }

    private static long position(@Nullable String after) {
        Long position = after == null || after.equals("-1") ? null : Parameters.natural("after", after);
        return position == null ? -1 : position;
    }
}
