package dev.parley.notifications;

/// The keys of structured log lines. Tokens and message texts are never values.
public final class LogField {

    public static final String PLATFORM = "platform";
    public static final String ALARM = "alarm";
    public static final String TASK = "task";
    public static final String STATE = "state";
    public static final String EXPIRES = "expires";
    public static final String REASON = "reason";
    public static final String ROWS = "rows";
    public static final String POSITION = "position";
    public static final String ENDPOINT = "endpoint";
    public static final String WAIT_MS = "waitMs";

    private LogField() {}
}
