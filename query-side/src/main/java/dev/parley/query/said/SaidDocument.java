package dev.parley.query.said;

import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.elasticsearch.annotations.Document;

/// A fact about a message in Elasticsearch, as it is read; its id is its place in its stream. Facts that bear a body
/// have all fields of a message's document besides, so that they are found in the same language:
///
/// ```json
/// _id "<conversation>:9"
/// {"kind": "edited", "subject": "<conversation>:<message>", "by": "…", "fact": 9, "conversation": "…",
///  "message": "…", "position": 130, "seq": 4, "at": 1767323045678, "body": "…", "text": "…", …}
/// ```
///
/// @param kind of the fact
/// @param by who did it
/// @param fact its place in the conversation's stream
/// @param seq the place of the message there
/// @param at when it happened
@Document(indexName = SaidIndex.ALIAS, createIndex = false)
public record SaidDocument(
        @Id String id,
        String kind,
        String subject,
        String by,
        long fact,
        String conversation,
        String message,
        long position,
        long seq,
        long at,
        @Nullable String body) {

    static final String SENT = "sent";
    static final String IMPORTED = "imported";
    static final String EDITED = "edited";
    static final String DELETED = "deleted";
    static final String REACTED = "reacted";
    static final String UNREACTED = "unreacted";

    public boolean bearsBody() {
        return kind.equals(SENT) || kind.equals(IMPORTED) || kind.equals(EDITED);
    }
}
