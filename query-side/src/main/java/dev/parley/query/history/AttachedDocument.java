package dev.parley.query.history;

import dev.parley.messages.conversation.Attachment;
import dev.parley.query.batch.Storable;

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
}
