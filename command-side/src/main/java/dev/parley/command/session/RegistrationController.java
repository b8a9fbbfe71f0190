package dev.parley.command.session;

import dev.parley.command.account.NewAccount;
import dev.parley.command.account.Username;
import dev.parley.command.dispatch.WrittenAnswer;
import dev.parley.command.dispatch.WrittenText;
import dev.parley.messages.RejectedException;
import dev.parley.messages.Rejection;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Anybody registers an account and is logged in.
@RestController
class RegistrationController {

    private final Registrations registrations;
    private final WrittenAnswer answer;

    /// @param username 3 to 64 characters
    /// @param displayName what others are shown; the user name where it is missing
    record Registration(
            @NotNull @Size(max = 256) String username,
            @NotNull @Size(min = 8, max = 1024) String password,
            @Size(max = 254) @Nullable String email,
            @Size(min = 1, max = 100) @Nullable String displayName) {}

    RegistrationController(Registrations registrations, WrittenAnswer answer) {
        this.registrations = registrations;
        this.answer = answer;
    }

    @PostMapping("/api/v1/accounts")
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<LoggedIn> register(@Valid @RequestBody Registration wanted, HttpServletRequest request) {
        requireStorable("email", wanted.email());
        requireStorable("displayName", wanted.displayName());
        NewAccount person =
                new NewAccount(Username.of(wanted.username()), wanted.password(), wanted.email(), wanted.displayName());
        LoggedIn loggedIn = registrations.register(person, Visitor.of(request));
        return answer.status(HttpStatus.CREATED).body(loggedIn);
    }

    private static void requireStorable(String field, @Nullable String text) {
        if (text != null && (text.isBlank() || !WrittenText.isStorable(text))) {
            throw new RejectedException(Rejection.invalid(field, "This is text, not blank and without U+0000"));
        }
    }
}
