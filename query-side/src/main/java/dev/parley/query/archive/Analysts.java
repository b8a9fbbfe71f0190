package dev.parley.query.archive;

import dev.parley.messages.AccountId;
import dev.parley.messages.RejectedException;
import dev.parley.messages.RejectionCode;
import dev.parley.query.paging.Parameters;
import jakarta.servlet.http.HttpServletRequest;

/// Who may look at the archive. The app's rules for paths say the same; this holds where they are
/// missing.
final class Analysts {

    private static final String ROLE = "ANALYST";

    private Analysts() {}

    /// @throws RejectedException `unauthenticated` or `forbidden`
    static AccountId require(HttpServletRequest request) {
        AccountId caller = Parameters.caller(request.getUserPrincipal());
        if (!request.isUserInRole(ROLE)) {
            throw new RejectedException(RejectionCode.FORBIDDEN, "This is for analysts");
        }
        return caller;
    }
}
