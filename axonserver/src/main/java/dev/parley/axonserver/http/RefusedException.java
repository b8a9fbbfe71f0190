package dev.parley.axonserver.http;

/// The request cannot be answered as asked; the reply says why.
final class RefusedException extends RuntimeException {

    private final transient Reply reply;

    RefusedException(Reply reply) {
        super("refused", null, false, false);
        this.reply = reply;
    }

    static RefusedException badRequest(String detail) {
        return new RefusedException(Reply.problem(400, "Bad request", detail, ""));
    }

    static RefusedException notFound(String detail) {
        return new RefusedException(Reply.problem(404, "Not found", detail, ""));
    }

    Reply reply() {
        return reply;
    }
}
