package dev.parley.query.chain;

import dev.parley.messages.RejectedException;
import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import dev.parley.query.audit.AccessLog;
import dev.parley.query.paging.Parameters;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/// All that `bin/verify` needs to name the first fact that was tampered with: checkpoints with their leaves, oldest
/// first, one a line, as a stream of any length in constant memory. The app lets nobody but auditors in here.
///
/// A slow reader holds a thread, which is a virtual one, and a few checkpoints, but no connection to PostgreSQL. The
/// web server gives up one that takes nothing.
@RestController
class ProofController {

    private static final Logger log = LoggerFactory.getLogger(ProofController.class);

    /// A checkpoint has some 65 KB.
    private static final int CHECKPOINTS_AT_ONCE = 8;

    private static final int READERS = 4;
    private static final Duration LATER = Duration.ofSeconds(10);

    private final CheckpointTable checkpoints;
    private final JsonMapper json;
    private final Semaphore readers = new Semaphore(READERS);

    ProofController(CheckpointTable checkpoints, JsonMapper json) {
        this.checkpoints = checkpoints;
        this.json = json;
    }

    /// @param after go on behind the checkpoint at this position; without it, from the first one
    /// @param upTo no checkpoint beyond this position; without it, up to the newest
    @GetMapping(path = "/api/v1/audit/proof", produces = "application/x-ndjson")
    void proof(
            @Nullable Principal auditor,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable String upTo,
            HttpServletResponse response)
            throws IOException {
        long from = Objects.requireNonNullElse(Parameters.natural("after", after), -1L);
        long to = Objects.requireNonNullElse(Parameters.natural("upTo", upTo), Long.MAX_VALUE);
        AccessLog.note(auditor, "proof", from);
        if (!readers.tryAcquire()) {
            throw new RejectedException(new Rejection(
                    RejectionCode.UNAVAILABLE, "Others are reading the proof, try again later", null, LATER, null));
        }
        AccessLog.note(auditor, "proof", null);
        try {
            write(from, to, response);
        } finally {
            readers.release();
        }
    }

    private void write(long after, long upTo, HttpServletResponse response) throws IOException {
        List<SealedCheckpoint> next = checkpoints.after(after, upTo, CHECKPOINTS_AT_ONCE);
        response.setContentType("application/x-ndjson");
        OutputStream out = response.getOutputStream();
        while (!next.isEmpty() && write(next, out)) {
            next = checkpoints.after(next.getLast().position(), upTo, CHECKPOINTS_AT_ONCE);
        }
    }

    /// @return false if the reader is gone
    private boolean write(List<SealedCheckpoint> page, OutputStream out) {
        try {
            for (SealedCheckpoint checkpoint : page) {
                out.write((json.writeValueAsString(checkpoint) + "\n").getBytes(StandardCharsets.UTF_8));
            }
            out.flush();
            return true;
        } catch (IOException gone) {
            log.atInfo().log("The reader of a proof is gone");
            return false;
        }
    }
}
