package dev.parley.query.audit;

import dev.parley.query.paging.Parameters;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Lets auditors replay the facts from the event store itself. The app lets nobody but auditors in here.
@RestController
class AuditController {

    private static final int MAX_LIMIT = 1_000;

    private final EventLog log;

    AuditController(EventLog log) {
        this.log = log;
    }

    @GetMapping("/api/v1/audit/events")
    EventLog.Page events(
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(required = false) @Nullable String conversation) {
        Long position = after == null || after.equals("-1") ? null : Parameters.natural("after", after);
        int size = Parameters.limit(limit, MAX_LIMIT);
        String stream = conversation == null
                ? null
                : Parameters.conversation("conversation", conversation).toString();
        return log.read(position == null ? -1 : position, size, new EventLog.Filter(type, stream));
    }
}
