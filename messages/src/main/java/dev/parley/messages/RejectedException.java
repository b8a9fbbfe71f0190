package dev.parley.messages;

/// Carries a [Rejection] to the edge that turns it into problem JSON or a `problem` frame. It has no stack trace: a
/// refusal is an answer, not a fault.
public final class RejectedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Rejection rejection;

    public RejectedException(Rejection rejection) {
        super(rejection.detail(), null, false, false);
        this.rejection = rejection;
    }

    public RejectedException(RejectionCode code, String detail) {
        this(new Rejection(code, detail));
    }

    public Rejection rejection() {
        return rejection;
    }
}
