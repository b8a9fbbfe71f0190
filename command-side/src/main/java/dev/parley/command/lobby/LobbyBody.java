package dev.parley.command.lobby;

import dev.parley.messages.RejectedException;
import dev.parley.messages.Rejection;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The body of a lobby request: a JSON object, whatever its `Content-Type` says or if there is none. Fields that nobody
/// asks for are ignored.
final class LobbyBody {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JsonNode object;

    private LobbyBody(JsonNode object) {
        this.object = object;
    }

    /// @throws RejectedException `invalid` for a body that is empty, not JSON or not an object
    static LobbyBody of(HttpServletRequest request) throws IOException {
        byte[] bytes = request.getInputStream().readAllBytes();
        try {
            JsonNode read = JSON.readTree(bytes);
            if (read != null && read.isObject()) {
                return new LobbyBody(read);
            }
        } catch (JacksonException malformed) {
            // Falls through: a body that is no JSON is refused like one of the wrong kind.
        }
        throw new RejectedException(Rejection.invalid("body", "The body is not a JSON object"));
    }

    /// @throws RejectedException `invalid` where it is missing, null or no text
    String text(String field) {
        JsonNode value = object.path(field);
        if (!value.isString()) {
            throw new RejectedException(Rejection.invalid(field, "The field '" + field + "' is a text"));
        }
        return value.asString();
    }

    /// The first of the fields that is there and not null.
    ///
    /// @throws RejectedException `invalid` where there is none, or it is no text
    String text(String field, String otherName) {
        return object.path(field).isMissingNode() || object.path(field).isNull() ? text(otherName) : text(field);
    }

    /// A number without a fraction, `7.0` included.
    ///
    /// @throws RejectedException `invalid` where it is missing, null or no such number of 32 bits
    int integer(String field) {
        return Optional.of(object.path(field))
                .filter(value -> value.isNumber() && value.canConvertToExactIntegral() && value.canConvertToInt())
                .map(JsonNode::intValue)
                .orElseThrow(() ->
                        new RejectedException(Rejection.invalid(field, "The field '" + field + "' is a whole number")));
    }
}
