package dev.parley.query.archive;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.messages.archive.ArchiveUse;
import dev.parley.query.paging.Parameters;
import dev.parley.query.progress.ProjectionProgress;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The words of the messages that are found, as they are compared: without case, accents and width.
@RestController
class TermsController {

    private final Looks looks;
    private final ArchiveReads reads;
    private final TopTerms terms;

    TermsController(Looks looks, ArchiveReads reads, TopTerms terms) {
        this.looks = looks;
        this.reads = reads;
        this.terms = terms;
    }

    /// @param total messages found
    /// @param sampled of them looked at; all, where they are equal
    record Terms(long total, long sampled, List<Term> terms) {}

    /// @param messages of those sampled that hold the word
    /// @param archive of all messages, where significance is asked for
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Term(String term, long messages, @Nullable Long archive) {}

    /// @param by `count`: those in most messages come first; `significance`: those that are much more
    ///     frequent in what is found than in all messages
    @GetMapping("/api/v1/archive/terms")
    Terms terms(
            HttpServletRequest request,
            ArchiveParameters parameters,
            @RequestParam(required = false) @Nullable String by,
            @RequestParam(required = false) @Nullable String limit,
            @RequestHeader(name = ProjectionProgress.HEADER, required = false) @Nullable String after) {
        boolean significant = isSignificant(by);
        int size = Top.limit(limit);
        Look look = looks.begin(request, ArchiveUse.TERMS, parameters);
        reads.await(after);
        return significant ? terms.significant(look, size) : terms.frequent(look, size);
    }

    private static boolean isSignificant(@Nullable String by) {
        return switch (by) {
            case null -> false;
            case "count" -> false;
            case "significance" -> true;
            default -> throw Parameters.invalid("by", "count or significance");
        };
    }
}
