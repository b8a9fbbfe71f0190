package dev.parley.command.conversation;

import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.messages.RejectedException;
import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.conversation.ConversationKind;
import dev.parley.messages.conversation.MemberRole;
import java.util.Arrays;
import java.util.Locale;

/// Texts of requests read as what they stand for; a rejection names the field of one that stands for nothing.
final class Given {

    private Given() {}

    /// @throws RejectedException `not-found`: no conversation has such an id
    static ConversationId conversation(String text) {
        try {
            return ConversationId.of(text);
        } catch (IllegalArgumentException e) {
            throw new RejectedException(RejectionCode.NOT_FOUND, "There is no such conversation");
        }
    }

    /// @throws RejectedException `invalid`
    static MessageId message(String field, String text) {
        try {
            return MessageId.of(text);
        } catch (IllegalArgumentException e) {
            throw new RejectedException(Rejection.invalid(field, "A message id is a UUID of version 7"));
        }
    }

    /// @throws RejectedException `invalid`
    static ConversationKind kind(String text) {
        return constant(ConversationKind.class, "kind", text);
    }

    /// @throws RejectedException `invalid`
    static MemberRole memberRole(String text) {
        return constant(MemberRole.class, "role", text);
    }

    /// As clients see a constant: `direct`.
    static String text(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String field, String given) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> text(constant).equals(given))
                .findFirst()
                .orElseThrow(() -> new RejectedException(Rejection.invalid(
                        field,
                        "It is one of "
                                + Arrays.stream(type.getEnumConstants())
                                        .map(Given::text)
                                        .toList())));
    }
}
