package dev.parley.command.conversation;

import dev.parley.command.dispatch.Commands;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.RejectedException;
import dev.parley.messages.conversation.ConversationCommand.StartConversation;
import dev.parley.messages.conversation.ConversationKind;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Component;

/// Starts groups under ids that somebody else chose.
@Component
public class StartingGroups {

    private final Commands commands;
    private final Clock clock;

    StartingGroups(Commands commands, Clock clock) {
        this.commands = commands;
        this.clock = clock;
    }

    /// A group of its creator alone.
    ///
    /// @return false where the creator had started it before
    /// @throws RejectedException `forbidden` where somebody else had
    public boolean start(ConversationId id, String title, AccountId by) {
        StartConversation command =
                new StartConversation(id, ConversationKind.GROUP, title, by, List.of(), clock.instant());
        return commands.send(command, Started.class).fresh();
    }
}
