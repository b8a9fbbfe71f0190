package dev.parley.command.limit;

/// A login that is being checked. Closing it ends it; it has done no harm unless it was said to have failed.
public final class LoginAttempt implements AutoCloseable {

    private final FailureBucket ofAccount;
    private final FailureBucket ofAddress;
    private boolean failed;

    LoginAttempt(FailureBucket ofAccount, FailureBucket ofAddress) {
        this.ofAccount = ofAccount;
        this.ofAddress = ofAddress;
    }

    /// The name or the password was wrong.
    public void fail() {
        failed = true;
    }

    @Override
    public void close() {
        ofAddress.leave(failed);
        ofAccount.leave(failed);
    }
}
