package dev.parley.command.conversation;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.messages.RejectedException;
import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.conversation.ConversationKind;
import dev.parley.messages.conversation.HistoryVisibility;
import dev.parley.messages.conversation.MemberRole;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Texts of requests read as what they stand for; a rejection names the field of one that stands for
/// nothing.
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

    /// A kind of conversation that people start: a game's starts with the game.
    ///
    /// @throws RejectedException `invalid`
    static ConversationKind kind(String text) {
        return constant(List.of(ConversationKind.DIRECT, ConversationKind.GROUP), "kind", text);
    }

    /// @throws RejectedException `invalid`
    static MemberRole memberRole(String text) {
        return constant(List.of(MemberRole.values()), "role", text);
    }

    /// @throws RejectedException `invalid`
    static HistoryVisibility history(String text) {
        return constant(List.of(HistoryVisibility.values()), "history", text);
    }

    /// @throws RejectedException `invalid`
    static AccountId account(String field, String text) {
        try {
            return AccountId.of(text);
        } catch (IllegalArgumentException e) {
            throw new RejectedException(Rejection.invalid(field, "An account's id is a UUID"));
        }
    }

    /// @param fault null where nothing is wrong
    /// @throws RejectedException for a fault
    static void refuse(@Nullable Rejection fault) {
        if (fault != null) {
            throw new RejectedException(fault);
        }
    }

    /// As clients see a constant: `direct`, `since-joining`.
    static String text(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static <E extends Enum<E>> E constant(List<E> choice, String field, String given) {
        return choice.stream()
                .filter(constant -> text(constant).equals(given))
                .findFirst()
                .orElseThrow(() -> new RejectedException(Rejection.invalid(
                        field,
                        "It is one of " + choice.stream().map(Given::text).toList())));
    }
}
