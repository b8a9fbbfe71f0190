package dev.parley.delivery.frames;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import tools.jackson.databind.json.JsonMapper;

/// Writes server frames as JSON text. Thread-safe. It has a mapper of its own, so that no setting of the application
/// can change the protocol.
public final class FrameWriter {

    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    /// It has no state and no settings.
    public static final FrameWriter JSON = new FrameWriter();

    private final JsonMapper json = JsonMapper.builder().build();

    private FrameWriter() {}

    public String write(ServerFrame frame) {
        return json.writeValueAsString(frame);
    }

    /// ISO 8601 in UTC, always with three digits of a second: `2026-01-02T03:04:05.000Z`.
    static String time(Instant at) {
        return TIME.format(at);
    }
}
