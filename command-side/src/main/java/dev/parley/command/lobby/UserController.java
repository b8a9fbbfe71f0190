package dev.parley.command.lobby;

import dev.parley.command.account.NewAccount;
import dev.parley.command.account.Username;
import dev.parley.command.dispatch.WrittenText;
import dev.parley.command.session.LoggedIn;
import dev.parley.command.session.Registrations;
import dev.parley.command.session.Visitor;
import dev.parley.messages.RejectedException;
import dev.parley.messages.Rejection;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.WebAsyncTask;

/// `POST /user {username, password, email}`: registers and logs in. The address may be empty, the password is anything
/// but empty.
@RestController
class UserController {

    private static final int LONGEST_PASSWORD = 1024;

    /// RFC 5321, section 4.5.3.1.3, less the angle brackets.
    private static final int LONGEST_EMAIL = 254;

    private final Registrations registrations;

    /// What the lobby's clients get for a registration or a login.
    record Authenticated(String username, String authToken) {

        static Authenticated of(LoggedIn loggedIn) {
            return new Authenticated(loggedIn.username(), loggedIn.token());
        }

        /// Without the token.
        @Override
        public String toString() {
            return "Authenticated[username=" + username + "]";
        }
    }

    UserController(Registrations registrations) {
        this.registrations = registrations;
    }

    @PostMapping("/user")
    WebAsyncTask<ResponseEntity<Authenticated>> register(HttpServletRequest request) throws IOException {
        LobbyBody body = LobbyBody.of(request);
        Username username = Username.of(body.text("username"));
        NewAccount person = new NewAccount(username, password(body.text("password")), email(body.text("email")), null);
        Visitor visitor = Visitor.of(request);
        return LobbyAnswer.afterHashing(() -> Authenticated.of(registrations.register(person, visitor)));
    }

    private static String password(String given) {
        if (given.isEmpty() || given.length() > LONGEST_PASSWORD) {
            throw new RejectedException(
                    Rejection.invalid("password", "A password has 1 to " + LONGEST_PASSWORD + " characters"));
        }
        return given;
    }

    private static @Nullable String email(String given) {
        if (given.length() > LONGEST_EMAIL || !WrittenText.isStorable(given)) {
            throw new RejectedException(Rejection.invalid(
                    "email", "An address has at most " + LONGEST_EMAIL + " characters, none of them U+0000"));
        }
        return given.isBlank() ? null : given;
    }
}
