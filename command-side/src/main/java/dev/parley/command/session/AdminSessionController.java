package dev.parley.command.session;

import dev.parley.command.account.AccountDirectory;
import dev.parley.command.account.Callers;
import dev.parley.command.dispatch.WrittenAnswer;
import dev.parley.messages.AccountId;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Admins list and end other people's sessions.
@RestController
@RequestMapping("/api/v1/admin/accounts/{username}/sessions")
class AdminSessionController {

    private final AccountDirectory directory;
    private final Sessions sessions;
    private final SessionEnds ends;
    private final WrittenAnswer answer;

    AdminSessionController(AccountDirectory directory, Sessions sessions, SessionEnds ends, WrittenAnswer answer) {
        this.directory = directory;
        this.sessions = sessions;
        this.ends = ends;
        this.answer = answer;
    }

    /// @param before `next` of the page before
    @GetMapping
    SessionPage list(
            @PathVariable String username,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String before,
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization,
            HttpServletRequest request) {
        var _ = Callers.requireAdmin(request);
        return sessions.list(
                directory.account("username", username),
                Token.hashFromHeader(authorization),
                SessionPage.Start.of(before),
                SessionPage.limit(limit));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    ResponseEntity<Void> revoke(@PathVariable String username, @PathVariable String id, HttpServletRequest request) {
        AccountId by = Callers.requireAdmin(request);
        ends.revoke(GivenSession.id(id), directory.account("username", username), by);
        return answer.status(HttpStatus.NO_CONTENT).build();
    }

    /// Ends all that the account has now.
    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    ResponseEntity<Void> revokeAll(@PathVariable String username, HttpServletRequest request) {
        AccountId by = Callers.requireAdmin(request);
        ends.revokeAll(directory.account("username", username), by);
        return answer.status(HttpStatus.NO_CONTENT).build();
    }
}
