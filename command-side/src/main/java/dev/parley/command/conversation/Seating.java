package dev.parley.command.conversation;

import dev.parley.command.dispatch.Refusal;
import dev.parley.messages.AccountId;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.conversation.ConversationCommand.SeatPlayer;
import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.messages.conversation.ConversationEvent.ConversationStarted;
import dev.parley.messages.conversation.ConversationEvent.MemberAdded;
import dev.parley.messages.conversation.ConversationEvent.PlayerSeated;
import dev.parley.messages.conversation.ConversationKind;
import dev.parley.messages.conversation.Member;
import dev.parley.messages.conversation.MemberRole;
import dev.parley.messages.game.Seat;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Decides who joins a game's conversation: its players, each with the seat they took.
final class Seating {

    private Seating() {}

    /// @return what makes the player a member, if it is not one, and that it sits; nothing where it was
    ///     told before
    /// @throws Refusal `forbidden` for a conversation that is no game's, `seat-taken` where it was told
    ///     otherwise
    static List<ConversationEvent> decide(ConversationState state, SeatPlayer command) {
        Start start = state.start();
        if (start != null && start.kind() != ConversationKind.GAME) {
            throw new Refusal(RejectionCode.FORBIDDEN, "This is no game's conversation");
        }
        AccountId holder = command.seat() == Seat.WHITE
                ? state.seats().white()
                : state.seats().black();
        if (holder != null && !holder.equals(command.account())) {
            throw new Refusal(RejectionCode.SEAT_TAKEN, "Somebody else sits there");
        }
        if (holder != null) {
            return List.of();
        }
        ConversationEvent joined = joined(state, command);
        return Stream.of(joined, seated(state, command))
                .filter(event -> event != null)
                .toList();
    }

    /// @return null for a member
    private static @Nullable ConversationEvent joined(ConversationState state, SeatPlayer command) {
        AccountId player = command.account();
        if (state.start() == null) {
            List<Member> members = List.of(new Member(player, MemberRole.MEMBER));
            String title = command.name().isBlank() ? null : command.name();
            return new ConversationStarted(
                    command.conversation(), ConversationKind.GAME, title, player, members, at(command));
        }
        return state.members().roleOf(player) == null
                ? new MemberAdded(command.conversation(), player, MemberRole.MEMBER, player, at(command))
                : null;
    }

    private static PlayerSeated seated(ConversationState state, SeatPlayer command) {
        Seats seats = state.seats().with(command.seat(), command.account());
        return new PlayerSeated(
                command.conversation(),
                command.game(),
                command.seat(),
                command.account(),
                seats.white(),
                seats.black(),
                at(command));
    }

    private static Instant at(SeatPlayer command) {
        return command.at().truncatedTo(ChronoUnit.MILLIS);
    }
}
