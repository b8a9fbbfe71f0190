package dev.parley.query.archive;

import dev.parley.messages.archive.ArchiveUse;
import dev.parley.query.paging.Parameters;
import dev.parley.query.progress.ProjectionProgress;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/// All that a search of the archive finds, as a file of any size, the message that was stored first at
/// its beginning. An export that is cut off says so in the last line of NDJSON, and breaks its
/// connection in the middle of CSV. It goes on with `after=<position of its last message>`.
@RestController
class ExportController {

    static final String PATH = "/api/v1/archive/export";

    private static final Logger LOG = LoggerFactory.getLogger(ExportController.class);

    private final Looks looks;
    private final ArchiveReads reads;
    private final Exports exports;
    private final JsonMapper json;

    ExportController(Looks looks, ArchiveReads reads, Exports exports, JsonMapper json) {
        this.looks = looks;
        this.reads = reads;
        this.exports = exports;
        this.json = json;
    }

    /// One that fails after its first line breaks its connection: what was written is not to look like all of it.
    ///
    /// @param format `ndjson`, which is taken if it is missing, or `csv`
    /// @param after a position to start after
    @GetMapping(PATH)
    void export(
            HttpServletRequest request,
            HttpServletResponse response,
            ArchiveParameters parameters,
            @RequestParam(required = false) @Nullable String format,
            @RequestParam(required = false) @Nullable String after,
            @RequestHeader(name = ProjectionProgress.HEADER, required = false) @Nullable String waitFor)
            throws HttpRequestMethodNotSupportedException {
        if (request.getMethod().equals(HttpMethod.HEAD.name())) {
            // It would be read through to its end, as fast as it can be, for nobody.
            throw new HttpRequestMethodNotSupportedException(request.getMethod(), List.of(HttpMethod.GET.name()));
        }
        ExportFormat wanted = ExportFormat.of(format, json);
        Long position = Parameters.natural("after", after);
        AtomicBoolean begun = new AtomicBoolean();
        try {
            Export.End end = exports.write(
                    () -> {
                        Look look = looks.begin(request, ArchiveUse.EXPORT, parameters);
                        reads.await(waitFor);
                        return look;
                    },
                    wanted,
                    position == null ? -1 : position,
                    () -> {
                        begun.set(true);
                        response.setContentType(wanted.mediaType());
                        response.setHeader(
                                HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + wanted.fileName() + "\"");
                        return response.getOutputStream();
                    });
            if (!end.isComplete() && !wanted.tellsItsEnd()) {
                CutOffFilter.cutOff(request);
            }
        } catch (RuntimeException failure) {
            if (!begun.get()) {
                throw failure;
            }
            CutOffFilter.cutOff(request);
            LOG.atError().setCause(failure).log("An export of the archive failed");
        } catch (IOException gone) {
            LOG.atInfo().addKeyValue("cause", gone.toString()).log("An export of the archive was left by its reader");
        }
    }
}
