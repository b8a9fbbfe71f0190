package dev.parley.command.conversation;

import dev.parley.command.account.Callers;
import dev.parley.command.dispatch.Commands;
import dev.parley.command.dispatch.WrittenAnswer;
import dev.parley.messages.AccountId;
import dev.parley.messages.MessageId;
import dev.parley.messages.RejectedException;
import dev.parley.messages.Rejection;
import dev.parley.messages.conversation.Accepted;
import dev.parley.messages.conversation.ConversationCommand.SendMessage;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.security.Principal;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// Sends messages. The answer comes when the message is on disk; the same request again has the same answer.
@RestController
class MessageController {

    private final Commands commands;
    private final WrittenAnswer answer;
    private final Clock clock;

    /// @param id a UUID of version 7 made by the client
    /// @param body not blank, at most 16 KiB of UTF-8
    record NewMessage(@NotNull String id, @NotNull String body) {}

    MessageController(Commands commands, WrittenAnswer answer, Clock clock) {
        this.commands = commands;
        this.answer = answer;
        this.clock = clock;
    }

    @PostMapping("/api/v1/conversations/{id}/messages")
    ResponseEntity<Accepted> send(
            @PathVariable String id, @Valid @RequestBody NewMessage message, @Nullable Principal principal) {
        AccountId sender = Callers.account(principal);
        MessageId messageId = Given.message("id", message.id());
        Rejection fault = MessageBody.fault(message.body());
        if (fault != null) {
            throw new RejectedException(fault);
        }
        SendMessage command =
                new SendMessage(Given.conversation(id), messageId, sender, message.body(), clock.instant());
        Accepted accepted = commands.send(command, Accepted.class);
        return answer.status(HttpStatus.CREATED).body(accepted);
    }
}
