package dev.parley.command.member;

import dev.parley.command.dispatch.Commands;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.RejectedException;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.conversation.ConversationCommand.FindStanding;
import dev.parley.messages.conversation.Standing;
import dev.parley.messages.member.MemberId;
import java.time.Clock;
import java.time.Instant;
import org.springframework.stereotype.Component;

/// Asks conversations who is a member of them: a [Member] does not know. Thread-safe; it blocks.
@Component
class Standings {

    private final Commands commands;
    private final Clock clock;

    Standings(Commands commands, Clock clock) {
        this.commands = commands;
        this.clock = clock;
    }

    /// @param text of a conversation's id
    /// @throws RejectedException `not-found` if no conversation can have such an id
    MemberId member(String text, AccountId account) {
        try {
            return new MemberId(ConversationId.of(text), account);
        } catch (IllegalArgumentException e) {
            throw new RejectedException(RejectionCode.NOT_FOUND, "There is no such conversation");
        }
    }

    /// @throws RejectedException `not-found` or `not-a-member`
    Standing of(MemberId member) {
        return commands.send(new FindStanding(member.conversation(), member.account(), now()), Standing.class);
    }

    Instant now() {
        return clock.instant();
    }
}
