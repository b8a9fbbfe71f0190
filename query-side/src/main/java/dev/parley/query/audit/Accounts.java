package dev.parley.query.audit;

import dev.parley.query.stored.StoredForm;
import java.util.Set;
import org.axonframework.eventhandling.EventMessage;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamContext;

/// Tells whether a fact concerns an account: whether one of these fields of its payload, at any depth, is the account's
/// id or a list with it:
///
/// | field | who |
/// |---|---|
/// | `by`, `sender` | did it, or said what it is about |
/// | `account` | it is about, or did it: members, readers, who reacts, who holds a seat, whose session it is |
/// | `members[].account` | was there from the start |
/// | `mentions` | is called by name |
/// | `white`, `black` | holds the seat |
final class Accounts {

    private static final Set<String> FIELDS = Set.of("by", "sender", "account", "mentions", "white", "black");

    private Accounts() {}

    static boolean concern(String account, EventMessage<?> message, StoredForm form) {
        String payload = form.of(message).getData();
        if (!payload.contains(account)) {
            return false;
        }
        try (JsonParser parser = OneJson.parser(payload)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING
                        && account.equals(parser.getString())
                        && isAccount(parser.streamReadContext())) {
                    return true;
                }
            }
        } catch (JacksonException notJson) {
            return false;
        }
        return false;
    }

    private static boolean isAccount(TokenStreamContext context) {
        String field = context.inArray() ? name(context.getParent()) : name(context);
        return field != null && FIELDS.contains(field);
    }

    private static @Nullable String name(@Nullable TokenStreamContext context) {
        return context == null ? null : context.currentName();
    }
}
