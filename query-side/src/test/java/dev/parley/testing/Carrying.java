package dev.parley.testing;

import dev.parley.messages.conversation.Attachment;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// All that messages of a [Story] carry, and the media types by which documents are to find it, written
/// by hand.
public enum Carrying {
    NOTHING(List.of(), List.of()),
    PICTURE(List.of(attachment("tea.png", "image/PNG")), List.of("image/png")),
    TEXTS(
            List.of(
                    attachment("one.txt", "text/plain; charset=utf-8"),
                    attachment("two.txt", "Text/Plain"),
                    attachment("tea.png", "image/png")),
            List.of("text/plain", "image/png"));

    final List<Attachment> attachments;
    private final List<String> types;

    Carrying(List<Attachment> attachments, List<String> types) {
        this.attachments = attachments;
        this.types = types;
    }

    /// The fields of a document that are made of what a message carries; none where that is nothing.
    public static Map<String, Object> fields(List<Attachment> attachments) {
        if (attachments.isEmpty()) {
            return Map.of();
        }
        Carrying carrying = Arrays.stream(values())
                .filter(one -> one.attachments.equals(attachments))
                .findFirst()
                .orElseThrow(() -> new AssertionError("Nobody carries " + attachments));
        return Map.of(
                "attached",
                carrying.types,
                "attachments",
                attachments.stream().map(Carrying::fields).toList());
    }

    private static Map<String, Object> fields(Attachment attachment) {
        return new TreeMap<>(Map.of(
                "name", attachment.name(),
                "mediaType", attachment.mediaType(),
                "size", attachment.size(),
                "sha256", attachment.sha256(),
                "uri", attachment.uri().toString()));
    }

    private static Attachment attachment(String name, String mediaType) {
        URI uri = URI.create("https://files.example/" + name);
        return new Attachment(name, mediaType, name.length(), "0".repeat(64), uri);
    }
}
