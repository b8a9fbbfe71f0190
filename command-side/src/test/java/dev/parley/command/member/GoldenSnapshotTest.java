package dev.parley.command.member;

import dev.parley.command.aggregate.GoldenSnapshot;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.member.MemberEvent.ConversationMuted;
import dev.parley.messages.member.MemberEvent.MessagesDelivered;
import dev.parley.messages.member.MemberEvent.MessagesRead;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class GoldenSnapshotTest {

    private static final ConversationId TEA = ConversationId.of("018f3a4e-2b7c-7c3e-9f10-0a1b2c3d4e5f");
    private static final AccountId ALICE = new AccountId(new UUID(0x4000L, 0x8000_0000_0000_0001L));
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

    @Test
    void aMemberIsStoredAsItsGoldenFile() {
        Member member = new Member();
        member.on(new MessagesRead(TEA, ALICE, 7, true, NOW));
        member.on(new MessagesDelivered(TEA, ALICE, 9, NOW));
        member.on(new ConversationMuted(TEA, ALICE, NOW.plusSeconds(60), NOW));
        GoldenSnapshot.assertIsThatOf(member);
    }
}
