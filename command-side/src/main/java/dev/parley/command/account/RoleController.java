package dev.parley.command.account;

import dev.parley.command.dispatch.WrittenAnswer;
import dev.parley.messages.AccountId;
import dev.parley.messages.RejectedException;
import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Admins grant and withdraw the roles `analyst`, `auditor` and `admin`.
@RestController
@RequestMapping("/api/v1/admin/accounts/{username}/roles/{role}")
class RoleController {

    private final AccountDirectory directory;
    private final Roles roles;
    private final WrittenAnswer answer;

    RoleController(AccountDirectory directory, Roles roles, WrittenAnswer answer) {
        this.directory = directory;
        this.roles = roles;
        this.answer = answer;
    }

    @PutMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    ResponseEntity<Void> grant(@PathVariable String username, @PathVariable String role, HttpServletRequest request) {
        AccountId by = Callers.requireAdmin(request);
        roles.grant(directory.account("username", username), role(role), by);
        return answer.status(HttpStatus.NO_CONTENT).build();
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    ResponseEntity<Void> withdraw(
            @PathVariable String username, @PathVariable String role, HttpServletRequest request) {
        AccountId by = Callers.requireAdmin(request);
        roles.withdraw(directory.account("username", username), role(role), by);
        return answer.status(HttpStatus.NO_CONTENT).build();
    }

    private static Role role(String text) {
        return Arrays.stream(Role.values())
                .filter(role -> role != Role.USER
                        && role.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> new RejectedException(
                        new Rejection(RejectionCode.INVALID, "A role is one of analyst, auditor and admin", "role")));
    }
}
