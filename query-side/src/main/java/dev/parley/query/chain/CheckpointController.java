package dev.parley.query.chain;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.messages.RejectedException;
import dev.parley.messages.RejectionCode;
import dev.parley.query.audit.AccessLog;
import dev.parley.query.paging.Cursor;
import dev.parley.query.paging.Parameters;
import java.security.Principal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Signed checkpoints, and the keys to check them with. The app lets nobody but auditors in here.
@RestController
class CheckpointController {

    private static final String LIST = "checkpoints";

    private final CheckpointTable checkpoints;
    private final Breaks breaks;
    private final Signing signing;

    CheckpointController(CheckpointTable checkpoints, Breaks breaks, Signing signing) {
        this.checkpoints = checkpoints;
        this.breaks = breaks;
        this.signing = signing;
    }

    /// @param checkpoints newest first
    /// @param breaks where the log was found to differ from the chain, lowest positions first, 100 at most
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Page(
            List<SealedCheckpoint> checkpoints,
            List<Breaks.Break> breaks,
            @Nullable String next) {}

    record Keys(List<Signing.Known> keys) {}

    @GetMapping("/api/v1/audit/checkpoints")
    Page checkpoints(
            @Nullable Principal auditor,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int size = Parameters.limit(limit);
        long before = Cursor.position(LIST, cursor);
        AccessLog.note(auditor, "checkpoints", null);
        List<SealedCheckpoint> found = checkpoints.before(before, size);
        String next =
                found.size() < size ? null : Cursor.of(LIST, found.getLast().position());
        return new Page(found, breaks.first(), next);
    }

    @GetMapping("/api/v1/audit/checkpoints/{position}")
    SealedCheckpoint checkpoint(
            @Nullable Principal auditor,
            @PathVariable String position,
            @RequestParam(required = false) @Nullable String leaves) {
        long at = Objects.requireNonNull(Parameters.natural("position", position));
        AccessLog.note(auditor, "checkpoint", at);
        return checkpoints
                .at(at, "true".equals(leaves))
                .orElseThrow(() -> new RejectedException(
                        RejectionCode.NOT_FOUND, "There is no checkpoint at this position; see the list"));
    }

    @GetMapping("/api/v1/audit/keys")
    Keys keys(@Nullable Principal auditor) {
        AccessLog.note(auditor, "keys", null);
        return new Keys(signing.keys());
    }
}
