package dev.parley.command.conversation;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import java.time.Instant;
import java.util.UUID;

/// Names that tests share.
final class Ids {

    static final ConversationId TEA = ConversationId.of("018f3a4e-2b7c-7c3e-9f10-0a1b2c3d4e5f");
    static final AccountId ALICE = account(1);
    static final AccountId BOB = account(2);
    static final AccountId CAROL = account(3);
    static final AccountId STRANGER = account(99);
    static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

    private Ids() {}

    static AccountId account(long number) {
        return new AccountId(new UUID(0x4000L, 0x8000_0000_0000_0000L | number));
    }

    /// @param millis before or after [#NOW]
    static MessageId id(long millis, long number) {
        return MessageId.at(NOW.toEpochMilli() + millis, new UUID(0, number));
    }
}
