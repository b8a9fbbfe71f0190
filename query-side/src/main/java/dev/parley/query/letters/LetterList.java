package dev.parley.query.letters;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.messages.serialization.ParleySerializer;
import dev.parley.query.paging.Cursor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SimpleSerializedObject;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Letters as operators see them: without what people wrote. They come by projection, then by sequence, in the order of
/// its facts.
@Component
class LetterList {

    private static final String LIST = "dead-letters";
    private static final String COLUMNS =
            "select deadletteridentifier, processinggroup, sequenceidentifier, sequenceindex,"
                    + " payloadtype, token, tokentype, enqueuedat, lasttouched, causetype, causemessage, diagnostics from "
                    + LetterQueues.TABLE;
    private static final String PAGE = COLUMNS
            + " where (cast(:projection as text) is null or processinggroup = :projection)"
            + " and (processinggroup, sequenceidentifier, sequenceindex) > (:group, :sequence, :index)"
            + " order by processinggroup, sequenceidentifier, sequenceindex limit :limit";
    private static final String FIRST =
            COLUMNS + " where processinggroup = ? and sequenceidentifier = ? order by sequenceindex limit 1";

    private final JdbcClient jdbc;
    private final ParleySerializer serializer = ParleySerializer.create();

    LetterList(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Page(List<Letter> letters, @Nullable String next) {}

    /// @param sequence the conversation, game or account
    /// @param position in the event store
    /// @param type the fact's stored name
    /// @param cause absent for one that waits behind another
    /// @param since when it was put aside
    /// @param tried when it was last tried, or put aside
    /// @param attempts how often it was tried, 0 for one that waits behind another
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Letter(
            String id,
            String projection,
            String sequence,
            long position,
            String type,
            @Nullable Cause cause,
            Instant since,
            Instant tried,
            int attempts) {}

    /// @param type of failure
    /// @param detail in codes and names, never in what people wrote
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Cause(String type, @Nullable String detail) {}

    /// The place after a letter in the order of all.
    private record Place(String projection, String sequence, long index) {

        private static final Place FIRST = new Place("", "", -1);

        static Place read(String key) {
            String[] parts = key.split(" ", 3);
            if (parts.length != 3) {
                throw new IllegalArgumentException("Not the place of a letter");
            }
            return new Place(parts[1], parts[2], Long.parseLong(parts[0]));
        }

        @Override
        public String toString() {
            return index + " " + projection + " " + sequence;
        }
    }

    private record Row(Letter letter, long index) {}

    /// @param projection null for all
    Page page(@Nullable String projection, int limit, @Nullable String cursor) {
        Place after = cursor == null ? Place.FIRST : Cursor.key(LIST, cursor, Place::read);
        List<Row> rows = jdbc.sql(PAGE)
                .param("projection", projection)
                .param("group", after.projection())
                .param("sequence", after.sequence())
                .param("index", after.index())
                .param("limit", limit + 1)
                .query((row, n) -> row(row))
                .list();
        List<Row> shown = rows.subList(0, Math.min(limit, rows.size()));
        return new Page(
                shown.stream().map(Row::letter).toList(),
                rows.size() > limit ? Cursor.of(LIST, place(shown.getLast()).toString()) : null);
    }

    /// The first letter of a sequence, if it has any.
    List<Letter> first(String projection, String sequence) {
        return jdbc.sql(FIRST)
                .params(projection, sequence)
                .query((row, n) -> row(row).letter())
                .list();
    }

    private static Place place(Row row) {
        return new Place(row.letter().projection(), row.letter().sequence(), row.index());
    }

    private Row row(ResultSet row) throws SQLException {
        String type = row.getString("causetype");
        Letter letter = new Letter(
                row.getString("deadletteridentifier"),
                row.getString("processinggroup"),
                row.getString("sequenceidentifier"),
                position(row.getBytes("token"), row.getString("tokentype")),
                row.getString("payloadtype"),
                type == null ? null : new Cause(type, row.getString("causemessage")),
                Instant.parse(row.getString("enqueuedat")),
                Instant.parse(row.getString("lasttouched")),
                Attempts.of(diagnostics(row.getBytes("diagnostics"))));
        return new Row(letter, row.getLong("sequenceindex"));
    }

    private long position(byte @Nullable [] token, @Nullable String type) {
        if (token == null || type == null) {
            return -1;
        }
        TrackingToken read = serializer.deserialize(new SimpleSerializedObject<>(token, byte[].class, type, null));
        return read.position().orElse(-1);
    }

    private MetaData diagnostics(byte[] json) {
        return serializer.deserialize(new SimpleSerializedObject<>(json, byte[].class, MetaData.class.getName(), null));
    }
}
