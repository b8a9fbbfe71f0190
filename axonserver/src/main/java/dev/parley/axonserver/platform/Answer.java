package dev.parley.axonserver.platform;

/// How an instruction to a client ended.
///
/// @param text what the client said about it, if anything
record Answer(Kind kind, String text) {

    enum Kind {
        DONE,
        REFUSED,
        GONE,
        SILENT
    }

    static final Answer DONE = new Answer(Kind.DONE, "done");
    static final Answer GONE = new Answer(Kind.GONE, "The client has gone");
    static final Answer SILENT = new Answer(Kind.SILENT, "The client did not answer in time");
}
