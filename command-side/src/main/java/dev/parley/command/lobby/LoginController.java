package dev.parley.command.lobby;

import dev.parley.command.account.Callers;
import dev.parley.command.lobby.UserController.Authenticated;
import dev.parley.command.session.Logins;
import dev.parley.command.session.SessionEnds;
import dev.parley.command.session.Visitor;
import dev.parley.messages.AccountId;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.Principal;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.WebAsyncTask;

/// `POST /session {username, password}` logs in, `DELETE /session` logs out.
@RestController
class LoginController {

    private final Logins logins;
    private final SessionEnds ends;

    LoginController(Logins logins, SessionEnds ends) {
        this.logins = logins;
        this.ends = ends;
    }

    @PostMapping("/session")
    WebAsyncTask<ResponseEntity<Authenticated>> logIn(HttpServletRequest request) throws IOException {
        LobbyBody body = LobbyBody.of(request);
        String username = body.text("username");
        String password = body.text("password");
        Visitor visitor = Visitor.of(request);
        return LobbyAnswer.afterHashing(() -> Authenticated.of(logins.logIn(username, password, visitor)));
    }

    @DeleteMapping("/session")
    Callable<ResponseEntity<Map<String, Object>>> logOut(
            @Nullable Principal principal,
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization) {
        AccountId account = Callers.account(principal);
        String header = authorization == null ? "" : authorization;
        return () -> {
            ends.logOut(header, account);
            return LobbyAnswer.done();
        };
    }
}
