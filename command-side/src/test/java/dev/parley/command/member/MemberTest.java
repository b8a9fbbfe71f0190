package dev.parley.command.member;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.command.dispatch.Refusal;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.member.MemberCommand;
import dev.parley.messages.member.MemberCommand.MarkDelivered;
import dev.parley.messages.member.MemberCommand.MarkRead;
import dev.parley.messages.member.MemberCommand.MuteConversation;
import dev.parley.messages.member.MemberCommand.UnmuteConversation;
import dev.parley.messages.member.MemberEvent;
import dev.parley.messages.member.MemberEvent.ConversationMuted;
import dev.parley.messages.member.MemberEvent.ConversationUnmuted;
import dev.parley.messages.member.MemberEvent.MessagesDelivered;
import dev.parley.messages.member.MemberEvent.MessagesRead;
import dev.parley.messages.member.MemberId;
import dev.parley.messages.serialization.ParleySerializer;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.hamcrest.CustomTypeSafeMatcher;
import org.junit.jupiter.api.Test;

class MemberTest {

    private static final ConversationId TEA = ConversationId.of("018f3a4e-2b7c-7c3e-9f10-0a1b2c3d4e5f");
    private static final AccountId ALICE = new AccountId(new UUID(0x4000L, 0x8000_0000_0000_0001L));
    private static final MemberId MEMBER = new MemberId(TEA, ALICE);
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final Instant LATER = NOW.plusSeconds(3600);

    private final AggregateTestFixture<Member> fixture = new AggregateTestFixture<>(Member.class);

    @Test
    void theFirstMarkBeginsTheStream() {
        fixture.givenNoPriorActivity()
                .when(new MarkDelivered(MEMBER, 0, NOW.plusNanos(1)))
                .expectEvents(delivered(0));
        fixture.givenNoPriorActivity().when(read(7, true)).expectEvents(hasRead(7, true));
        fixture.givenNoPriorActivity().when(read(7, false)).expectEvents(hasRead(7, false));
    }

    @Test
    void marksOnlyGoForward() {
        silent(new MarkDelivered(MEMBER, 5, NOW), delivered(5));
        silent(new MarkDelivered(MEMBER, 4, NOW), delivered(5));
        silent(read(5, true), hasRead(5, false));
        silent(read(4, true), hasRead(5, true));
        fixture.given(delivered(5), hasRead(3, true))
                .when(new MarkDelivered(MEMBER, 6, NOW))
                .expectEvents(delivered(6));
    }

    @Test
    void whatIsReadWasDelivered() {
        silent(new MarkDelivered(MEMBER, 7, NOW), delivered(2), hasRead(7, true));
        fixture.given(delivered(9)).when(read(7, true)).expectEvents(hasRead(7, true));
        silent(new MarkDelivered(MEMBER, 9, NOW), delivered(9), hasRead(7, true));
    }

    @Test
    void placesCountFromZero() {
        refused(new MarkDelivered(MEMBER, -1, NOW), "seq");
        refused(read(-1, true), "seq");
    }

    @Test
    void aMuteIsToldOnce() {
        fixture.givenNoPriorActivity().when(mute(null)).expectEvents(muted(null));
        silent(mute(null), muted(null));
        silent(mute(LATER), muted(LATER));
        fixture.given(muted(LATER)).when(mute(null)).expectEvents(muted(null));
        fixture.given(muted(null)).when(mute(LATER)).expectEvents(muted(LATER));
        refused(mute(NOW), "until");
    }

    @Test
    void onlyWhatIsMutedIsUnmuted() {
        UnmuteConversation unmute = new UnmuteConversation(MEMBER, NOW);
        silent(unmute);
        silent(unmute, muted(null), new ConversationUnmuted(TEA, ALICE, NOW));
        silent(unmute, muted(NOW));
        fixture.given(muted(LATER)).when(unmute).expectEvents(new ConversationUnmuted(TEA, ALICE, NOW));
        fixture.given(muted(null)).when(unmute).expectEvents(new ConversationUnmuted(TEA, ALICE, NOW));
    }

    @Test
    void aSnapshotAndItsTailAreTheWholeStory() {
        ParleySerializer serializer = ParleySerializer.create();
        List<MemberEvent> story = List.of(
                delivered(2),
                muted(LATER),
                hasRead(5, true),
                muted(null),
                delivered(8),
                new ConversationUnmuted(TEA, ALICE, NOW),
                hasRead(9, false));
        for (int snapshotAfter = 1; snapshotAfter < story.size(); snapshotAfter++) {
            Member plain = new Member();
            Member restored = new Member();
            for (int i = 0; i < story.size(); i++) {
                if (i == snapshotAfter) {
                    SerializedObject<byte[]> snapshot = serializer.serialize(restored, byte[].class);
                    restored = serializer.deserialize(snapshot);
                }
                plain.on(story.get(i));
                restored.on(story.get(i));
            }
            assertThat(restored.kept()).isEqualTo(plain.kept());
        }
    }

    private void silent(MemberCommand command, Object... given) {
        fixture.given(given).when(command).expectSuccessfulHandlerExecution().expectNoEvents();
    }

    private void refused(MemberCommand command, String field) {
        ResultValidator<Member> result = fixture.givenNoPriorActivity().when(command);
        result.expectNoEvents()
                .expectException(Refusal.class)
                .expectExceptionDetails(new CustomTypeSafeMatcher<Rejection>("invalid " + field) {
                    @Override
                    protected boolean matchesSafely(Rejection rejection) {
                        return rejection.code() == RejectionCode.INVALID && field.equals(rejection.field());
                    }
                });
    }

    private static MarkRead read(long seq, boolean shared) {
        return new MarkRead(MEMBER, seq, shared, NOW);
    }

    private static MuteConversation mute(Instant until) {
        return new MuteConversation(MEMBER, until, NOW);
    }

    private static MessagesDelivered delivered(long seq) {
        return new MessagesDelivered(TEA, ALICE, seq, NOW);
    }

    private static MessagesRead hasRead(long seq, boolean shared) {
        return new MessagesRead(TEA, ALICE, seq, shared, NOW);
    }

    private static ConversationMuted muted(Instant until) {
        return new ConversationMuted(TEA, ALICE, until, NOW);
    }
}
