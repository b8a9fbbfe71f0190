package dev.parley.command.conversation;

import dev.parley.command.account.Callers;
import dev.parley.command.dispatch.Commands;
import dev.parley.command.dispatch.WrittenAnswer;
import dev.parley.messages.AccountId;
import dev.parley.messages.conversation.Accepted;
import dev.parley.messages.conversation.ConversationCommand;
import dev.parley.messages.conversation.ConversationCommand.DeleteMessage;
import dev.parley.messages.conversation.ConversationCommand.EditMessage;
import dev.parley.messages.conversation.ConversationCommand.SendMessage;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.security.Principal;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Sends, edits and deletes messages. The answer comes when it is on disk; the same request again has the same answer.
/// What is wrong whatever the conversation is found here, so that nothing too large goes over the bus.
@RestController
@RequestMapping("/api/v1/conversations/{id}/messages")
class MessageController {

    private final Commands commands;
    private final WrittenAnswer answer;
    private final ConversationLimits limits;
    private final Clock clock;

    /// @param id of the edit: a UUID of version 7 made by the client
    /// @param body the new text, under the rules of a message's
    /// @param mentions whom the new text mentions: accounts of members, each once
    record Edit(
            @NotNull String id,
            @NotNull String body,
            @Nullable List<@NotNull String> mentions) {}

    MessageController(Commands commands, WrittenAnswer answer, ConversationLimits limits, Clock clock) {
        this.commands = commands;
        this.answer = answer;
        this.limits = limits;
        this.clock = clock;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<Accepted> send(
            @PathVariable String id, @Valid @RequestBody NewMessage message, @Nullable Principal principal) {
        AccountId sender = Callers.account(principal);
        SendMessage command = new SendMessage(
                Given.conversation(id),
                Given.message("id", message.id()),
                sender,
                message.text(),
                message.answered(),
                NewMessage.accounts(message.mentions()),
                message.carried(),
                clock.instant());
        Given.refuse(Sending.fault(limits, command));
        return accepted(HttpStatus.CREATED, command);
    }

    @PatchMapping("/{message}")
    ResponseEntity<Accepted> edit(
            @PathVariable String id,
            @PathVariable String message,
            @Valid @RequestBody Edit edit,
            @Nullable Principal principal) {
        AccountId by = Callers.account(principal);
        EditMessage command = new EditMessage(
                Given.conversation(id),
                Given.message("id", edit.id()),
                Given.message("message", message),
                by,
                edit.body(),
                NewMessage.accounts(edit.mentions()),
                clock.instant());
        Given.refuse(Editing.fault(limits, command));
        return accepted(HttpStatus.OK, command);
    }

    /// @param seq where the message is in the conversation: needed for one that is not among the recent ones
    @DeleteMapping("/{message}")
    ResponseEntity<Accepted> delete(
            @PathVariable String id,
            @PathVariable String message,
            @RequestParam(required = false) @Nullable Long seq,
            @Nullable Principal principal) {
        AccountId by = Callers.account(principal);
        return accepted(
                HttpStatus.OK,
                new DeleteMessage(Given.conversation(id), Given.message("message", message), seq, by, clock.instant()));
    }

    private ResponseEntity<Accepted> accepted(HttpStatus status, ConversationCommand command) {
        Accepted accepted = commands.send(command, Accepted.class);
        return answer.status(status).body(accepted);
    }
}
