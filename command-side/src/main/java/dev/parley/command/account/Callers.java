package dev.parley.command.account;

import dev.parley.messages.AccountId;
import dev.parley.messages.RejectedException;
import dev.parley.messages.RejectionCode;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/// Who calls, as the edge has authenticated them.
public final class Callers {

    private Callers() {}

    /// @throws RejectedException `unauthenticated` where the edge let nobody's request through
    public static AccountId account(@Nullable Principal principal) {
        if (principal == null) {
            throw new RejectedException(RejectionCode.UNAUTHENTICATED, "This needs a token that is good");
        }
        return AccountId.of(principal.getName());
    }

    /// @throws RejectedException `unauthenticated` or `forbidden`
    public static AccountId requireAdmin(HttpServletRequest request) {
        AccountId caller = account(request.getUserPrincipal());
        if (!request.isUserInRole("ADMIN")) {
            throw new RejectedException(RejectionCode.FORBIDDEN, "This is for admins");
        }
        return caller;
    }
}
