package dev.parley.query.letters;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.messages.AccountId;
import dev.parley.messages.RejectedException;
import dev.parley.messages.RejectionCode;
import dev.parley.query.letters.LetterList.Letter;
import dev.parley.query.paging.Parameters;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Lets operators see dead letters, have them tried again and drop them. The app lets nobody but admins in here. Who
/// did what is logged.
@RestController
@RequestMapping("/api/v1/admin/dead-letters")
class DeadLettersController {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLettersController.class);

    private final DeadLetters deadLetters;
    private final LetterList list;
    private final LetterRetry retry;
    private final LetterTable table;

    DeadLettersController(DeadLetters deadLetters, LetterList list, LetterRetry retry, LetterTable table) {
        this.deadLetters = deadLetters;
        this.list = list;
        this.retry = retry;
        this.table = table;
    }

    /// @param projected letters that are no more
    /// @param left letters of the sequence that there still are
    /// @param first the first of them: it failed again, or time was over before its turn
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Retried(int projected, long left, @Nullable Letter first) {}

    /// @param dropped letters that are no more, though their facts were never projected
    record Dropped(int dropped) {}

    @GetMapping
    LetterList.Page letters(
            @RequestParam(required = false) @Nullable String projection,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        if (projection != null && !deadLetters.knows(projection)) {
            throw Parameters.invalid("projection", "No projection of this name has dead letters");
        }
        return list.page(projection, Parameters.limit(limit), cursor);
    }

    @PostMapping("/{projection}/{sequence}/retry")
    Retried retry(@PathVariable String projection, @PathVariable String sequence, @Nullable Principal principal) {
        AccountId caller = requireLetters(projection, sequence, principal);
        int projected = retry.retry(projection, sequence);
        long left = table.count(projection, sequence);
        List<Letter> first = list.first(projection, sequence);
        log(caller, projection, sequence)
                .addKeyValue("projected", projected)
                .addKeyValue("left", left)
                .log("Dead letters were tried again");
        return new Retried(projected, left, first.isEmpty() ? null : first.getFirst());
    }

    @DeleteMapping("/{projection}/{sequence}")
    Dropped drop(@PathVariable String projection, @PathVariable String sequence, @Nullable Principal principal) {
        AccountId caller = requireLetters(projection, sequence, principal);
        return dropped(table.drop(projection, sequence), caller, projection, sequence);
    }

    @DeleteMapping("/{projection}/{sequence}/{letter}")
    Dropped drop(
            @PathVariable String projection,
            @PathVariable String sequence,
            @PathVariable String letter,
            @Nullable Principal principal) {
        AccountId caller = requireLetters(projection, sequence, principal);
        return dropped(table.drop(projection, sequence, letter), caller, projection, sequence);
    }

    private static Dropped dropped(int letters, AccountId caller, String projection, String sequence) {
        if (letters == 0) {
            throw noLetters();
        }
        log(caller, projection, sequence).addKeyValue("dropped", letters).log("Dead letters were dropped");
        return new Dropped(letters);
    }

    private AccountId requireLetters(String projection, String sequence, @Nullable Principal principal) {
        AccountId caller = Parameters.caller(principal);
        if (!deadLetters.knows(projection) || table.count(projection, sequence) == 0) {
            throw noLetters();
        }
        return caller;
    }

    private static RejectedException noLetters() {
        return new RejectedException(RejectionCode.NOT_FOUND, "There are no such dead letters");
    }

    private static LoggingEventBuilder log(AccountId caller, String projection, String sequence) {
        return LOG.atWarn()
                .addKeyValue("by", caller)
                .addKeyValue("projection", projection)
                .addKeyValue("sequence", sequence);
    }
}
