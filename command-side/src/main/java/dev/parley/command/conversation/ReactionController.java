package dev.parley.command.conversation;

import dev.parley.command.account.Callers;
import dev.parley.command.dispatch.Commands;
import dev.parley.command.dispatch.WrittenAnswer;
import dev.parley.messages.AccountId;
import dev.parley.messages.conversation.Accepted;
import dev.parley.messages.conversation.ConversationCommand;
import dev.parley.messages.conversation.ConversationCommand.AddReaction;
import dev.parley.messages.conversation.ConversationCommand.RemoveReaction;
import java.security.Principal;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// The caller's reactions to a message. The same again changes nothing.
@RestController
@RequestMapping("/api/v1/conversations/{id}/messages/{message}/reactions/{reaction}")
class ReactionController {

    private final Commands commands;
    private final WrittenAnswer answer;
    private final Clock clock;

    ReactionController(Commands commands, WrittenAnswer answer, Clock clock) {
        this.commands = commands;
        this.answer = answer;
        this.clock = clock;
    }

    @PutMapping
    ResponseEntity<Accepted> add(
            @PathVariable String id,
            @PathVariable String message,
            @PathVariable String reaction,
            @Nullable Principal principal) {
        AccountId account = Callers.account(principal);
        return accepted(new AddReaction(
                Given.conversation(id), Given.message("message", message), reaction, account, clock.instant()));
    }

    @DeleteMapping
    ResponseEntity<Accepted> remove(
            @PathVariable String id,
            @PathVariable String message,
            @PathVariable String reaction,
            @Nullable Principal principal) {
        AccountId account = Callers.account(principal);
        return accepted(new RemoveReaction(
                Given.conversation(id), Given.message("message", message), reaction, account, clock.instant()));
    }

    private ResponseEntity<Accepted> accepted(ConversationCommand command) {
        Accepted accepted = commands.send(command, Accepted.class);
        return answer.status(HttpStatus.OK).body(accepted);
    }
}
