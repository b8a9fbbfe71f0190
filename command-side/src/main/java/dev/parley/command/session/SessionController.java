package dev.parley.command.session;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Logging in and out.
@RestController
class SessionController {

    private final Sessions sessions;

    record Login(
            @NotNull @Size(max = 1024) String username,
            @NotNull @Size(max = 1024) String password) {}

    SessionController(Sessions sessions) {
        this.sessions = sessions;
    }

    @PostMapping("/api/v1/sessions")
    @ResponseStatus(HttpStatus.CREATED)
    LoggedIn logIn(@Valid @RequestBody Login login) {
        return sessions.logIn(login.username(), login.password());
    }

    /// Ends the session of the token that the request bears; the account's other tokens stay good.
    @DeleteMapping("/api/v1/session")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void logOut(@RequestHeader(HttpHeaders.AUTHORIZATION) String authorization) {
        sessions.end(Token.fromHeader(authorization));
    }
}
