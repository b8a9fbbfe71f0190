package dev.parley.query.history;

import dev.parley.messages.conversation.Attachment;
import dev.parley.query.batch.Storable;
import java.util.Locale;

/// What a message carries, as documents and clients have it; see [Attachment].
public record AttachedDocument(String name, String mediaType, long size, String sha256, String uri) {

    static AttachedDocument of(Attachment attachment) {
        return new AttachedDocument(
                Storable.text(attachment.name()),
                Storable.text(attachment.mediaType()),
                attachment.size(),
                Storable.text(attachment.sha256()),
                attachment.uri().toString());
    }

    /// The media type in lower case, without its parameters: `text/plain`.
    String plainMediaType() {
        int parameters = mediaType.indexOf(';');
        String plain = parameters < 0 ? mediaType : mediaType.substring(0, parameters);
        return plain.strip().toLowerCase(Locale.ROOT);
    }
}
