package dev.parley.delivery.frames;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.messages.RejectedException;
import dev.parley.messages.Rejection;
import dev.parley.messages.conversation.Attachment;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Takes typed fields from a JSON object; a missing or wrong one is a [RejectedException] that names it, the one of an
/// object within as `attachments[2].size`. A field that may be absent may be `null` too.
///
/// Types, counts and lengths are checked here; what they have to say is up to who handles the command.
final class Fields {

    static final int MAX_MENTIONS = 50;
    static final int MAX_ATTACHMENTS = 10;
    static final int MAX_NAME = 255;
    static final int MAX_MEDIA_TYPE = 255;
    static final int MAX_URI = 2_048;
    static final int SHA256_LENGTH = 64;

    private static final Pattern DEVICE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /// Java would take `1-2-3-4-5` for a UUID.
    private static final Pattern UUID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private final JsonNode object;
    private final String path;

    Fields(JsonNode object) {
        this(object, "");
    }

    /// @param path of the object in the frame, with what parts it from a field's name
    private Fields(JsonNode object, String path) {
        this.object = object;
        this.path = path;
    }

    /// Unicode text: a lone surrogate could be neither stored nor sent.
    String text(String field) {
        JsonNode value = required(field);
        if (!value.isString()) {
            throw wrong(field, "A text is needed");
        }
        String text = value.stringValue();
        if (!isUnicode(text)) {
            throw wrong(field, "The text is not Unicode: it has half of a surrogate pair");
        }
        return text;
    }

    /// @param max in characters of UTF-16, as JavaScript counts
    String text(String field, int max) {
        String text = text(field);
        if (text.length() > max) {
            throw wrong(field, "At most " + max + " characters");
        }
        return text;
    }

    String device() {
        String device = text("device");
        if (!DEVICE.matcher(device).matches()) {
            throw wrong("device", "1 to 64 of the characters A-Z a-z 0-9 . _ - are needed");
        }
        return device;
    }

    @Nullable
    Long position() {
        if (absent("position")) {
            return null;
        }
        long position = number("position");
        if (position < -1) {
            throw wrong("position", "A position is not below -1");
        }
        return position;
    }

    @Nullable
    Integer window() {
        if (absent("window")) {
            return null;
        }
        long window = number("window");
        if (window < 1) {
            throw wrong("window", "A window is 1 or more");
        }
        return (int) Math.min(window, Integer.MAX_VALUE);
    }

    MessageId messageId(String field) {
        return uuid(field, text(field), MessageId::of, "A UUID of version 7 is needed");
    }

    @Nullable
    MessageId messageIdOrNull(String field) {
        return absent(field) ? null : messageId(field);
    }

    ConversationId conversation() {
        return uuid("conversation", text("conversation"), ConversationId::of, "A UUID is needed");
    }

    /// A place in a conversation.
    long place(String field) {
        long seq = number(field);
        if (seq < 0) {
            throw wrong(field, "Places in a conversation count from 0");
        }
        return seq;
    }

    @Nullable
    Long placeOrNull(String field) {
        return absent(field) ? null : place(field);
    }

    List<AccountId> mentions() {
        JsonNode values = array("mentions", MAX_MENTIONS);
        List<AccountId> accounts = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            String field = "mentions[" + i + "]";
            if (!values.get(i).isString()) {
                throw wrong(field, "An account's id is needed");
            }
            accounts.add(uuid(field, values.get(i).stringValue(), AccountId::of, "An account's id is needed"));
        }
        return List.copyOf(accounts);
    }

    List<Attachment> attachments() {
        JsonNode values = array("attachments", MAX_ATTACHMENTS);
        List<Attachment> attachments = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            String field = "attachments[" + i + "]";
            if (!values.get(i).isObject()) {
                throw wrong(field, "An object is needed");
            }
            attachments.add(new Fields(values.get(i), field + ".").attachment());
        }
        return List.copyOf(attachments);
    }

    long number(String field) {
        JsonNode value = required(field);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw wrong(field, "A whole number is needed");
        }
        return value.longValue();
    }

    boolean flag(String field) {
        JsonNode value = required(field);
        if (!value.isBoolean()) {
            throw wrong(field, "true or false is needed");
        }
        return value.booleanValue();
    }

    /// Whether it has no half of a surrogate pair.
    static boolean isUnicode(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (i + 1 == text.length() || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    private Attachment attachment() {
        String name = text("name", MAX_NAME);
        String mediaType = text("mediaType", MAX_MEDIA_TYPE);
        long size = number("size");
        if (size < 0) {
            throw wrong("size", "A size is 0 or more");
        }
        String sha256 = text("sha256", SHA256_LENGTH);
        URI uri = parsed("uri", text("uri", MAX_URI), URI::create, "An absolute URI is needed");
        if (!uri.isAbsolute()) {
            throw wrong("uri", "An absolute URI is needed");
        }
        return new Attachment(name, mediaType, size, sha256, uri);
    }

    /// @return an empty one where the field is absent
    private JsonNode array(String field, int max) {
        if (absent(field)) {
            return JsonNodeFactory.instance.arrayNode();
        }
        JsonNode value = required(field);
        if (!value.isArray()) {
            throw wrong(field, "An array is needed");
        }
        if (value.size() > max) {
            throw wrong(field, "At most " + max);
        }
        return value;
    }

    private <T> T uuid(String field, String text, Function<String, T> parser, String needed) {
        if (!UUID.matcher(text).matches()) {
            throw wrong(field, needed);
        }
        return parsed(field, text, parser, needed);
    }

    private <T> T parsed(String field, String text, Function<String, T> parser, String needed) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw wrong(field, needed);
        }
    }

    private boolean absent(String field) {
        JsonNode value = object.get(field);
        return value == null || value.isNull();
    }

    private JsonNode required(String field) {
        JsonNode value = object.get(field);
        if (value == null || value.isNull()) {
            throw wrong(field, "The field is missing");
        }
        return value;
    }

    private RejectedException wrong(String field, String detail) {
        return new RejectedException(Rejection.invalid(path + field, detail));
    }
}
