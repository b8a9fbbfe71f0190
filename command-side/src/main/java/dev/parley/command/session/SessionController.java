package dev.parley.command.session;

import dev.parley.command.account.Callers;
import dev.parley.command.dispatch.WrittenAnswer;
import dev.parley.messages.AccountId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Logging in and out, and one's own sessions.
@RestController
class SessionController {

    private final Logins logins;
    private final Sessions sessions;
    private final SessionEnds ends;
    private final WrittenAnswer answer;

    record Login(
            @NotNull @Size(max = 1024) String username,
            @NotNull @Size(max = 1024) String password) {}

    SessionController(Logins logins, Sessions sessions, SessionEnds ends, WrittenAnswer answer) {
        this.logins = logins;
        this.sessions = sessions;
        this.ends = ends;
        this.answer = answer;
    }

    @PostMapping("/api/v1/sessions")
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<LoggedIn> logIn(@Valid @RequestBody Login login, HttpServletRequest request) {
        LoggedIn loggedIn = logins.logIn(login.username(), login.password(), Visitor.of(request));
        return answer.status(HttpStatus.CREATED).body(loggedIn);
    }

    /// Ends the session of the token that the request bears; the account's other tokens stay good.
    @DeleteMapping("/api/v1/session")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    ResponseEntity<Void> logOut(
            @RequestHeader(HttpHeaders.AUTHORIZATION) String authorization, @Nullable Principal principal) {
        ends.logOut(authorization, Callers.account(principal));
        return answer.status(HttpStatus.NO_CONTENT).build();
    }

    /// The caller's sessions, newest first.
    ///
    /// @param before `next` of the page before
    @GetMapping("/api/v1/sessions")
    SessionPage list(
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String before,
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization,
            @Nullable Principal principal) {
        AccountId caller = Callers.account(principal);
        return sessions.list(
                caller, Token.hashFromHeader(authorization), SessionPage.Start.of(before), SessionPage.limit(limit));
    }

    @DeleteMapping("/api/v1/sessions/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    ResponseEntity<Void> revoke(@PathVariable String id, @Nullable Principal principal) {
        AccountId caller = Callers.account(principal);
        ends.revoke(GivenSession.id(id), caller, caller);
        return answer.status(HttpStatus.NO_CONTENT).build();
    }
}
