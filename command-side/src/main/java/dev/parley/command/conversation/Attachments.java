package dev.parley.command.conversation;

import dev.parley.command.dispatch.WrittenText;
import dev.parley.messages.Rejection;
import dev.parley.messages.conversation.Attachment;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The rules for what a message carries: the form that [Attachment] describes.
final class Attachments {

    private static final int NAME_CHARACTERS = 255;
    private static final int URI_CHARACTERS = 2_048;

    /// RFC 6838, section 4.2.
    private static final Pattern MEDIA_TYPE =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}");

    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    private Attachments() {}

    /// @return null where all are good; `invalid` with the field of the first that is not: `attachments[0].uri`
    static @Nullable Rejection fault(ConversationLimits limits, List<Attachment> attachments) {
        if (attachments.size() > limits.attachments()) {
            return Rejection.invalid("attachments", "A message carries at most " + limits.attachments());
        }
        for (int i = 0; i < attachments.size(); i++) {
            Rejection fault = fault("attachments[" + i + "].", attachments.get(i));
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    private static @Nullable Rejection fault(String path, Attachment attachment) {
        String name = attachment.name();
        if (name.isBlank() || name.length() > NAME_CHARACTERS || !WrittenText.isStorable(name)) {
            return Rejection.invalid(path + "name", "A name is text, 1 to 255 characters, not blank");
        }
        if (!MEDIA_TYPE.matcher(attachment.mediaType()).matches()) {
            return Rejection.invalid(path + "mediaType", "A media type is like image/png");
        }
        if (attachment.size() < 0) {
            return Rejection.invalid(path + "size", "A size is 0 or more");
        }
        if (!SHA_256.matcher(attachment.sha256()).matches()) {
            return Rejection.invalid(path + "sha256", "A checksum is 64 hexadecimal digits, lower case");
        }
        return isWhere(attachment.uri())
                ? null
                : Rejection.invalid(path + "uri", "It is an https or http URI, at most 2,048 characters");
    }

    private static boolean isWhere(URI uri) {
        String text = uri.toString();
        boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
        return web && uri.getHost() != null && text.length() <= URI_CHARACTERS && WrittenText.isStorable(text);
    }
}
