package dev.parley.delivery.frames;

import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.messages.RejectedException;
import dev.parley.messages.Rejection;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Takes typed fields from a JSON object; a missing or wrong one is a [RejectedException] that names it.
final class Fields {

    private static final Pattern DEVICE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final JsonNode object;

    Fields(JsonNode object) {
        this.object = object;
    }

    /// Unicode text: a lone surrogate could be neither stored nor sent.
    String text(String field) {
        JsonNode value = required(field);
        if (!value.isString()) {
            throw wrong(field, "A text is needed");
        }
        String text = value.stringValue();
        if (hasLoneSurrogate(text)) {
            throw wrong(field, "The text is not Unicode: it has half of a surrogate pair");
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
        return parsed(field, MessageId::of, "A UUID of version 7 is needed");
    }

    ConversationId conversation(String field) {
        return parsed(field, ConversationId::of, "A UUID is needed");
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

    private <T> T parsed(String field, Function<String, T> parser, String needed) {
        try {
            return parser.apply(text(field));
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

    private static RejectedException wrong(String field, String detail) {
        return new RejectedException(Rejection.invalid(field, detail));
    }

    static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (i + 1 == text.length() || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }
}
