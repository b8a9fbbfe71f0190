package dev.parley.command.conversation;

import dev.parley.command.account.AccountDirectory;
import dev.parley.command.account.Callers;
import dev.parley.command.dispatch.Commands;
import dev.parley.command.dispatch.WrittenAnswer;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.conversation.ConversationCommand.AddMember;
import dev.parley.messages.conversation.ConversationCommand.ChangeMemberRole;
import dev.parley.messages.conversation.ConversationCommand.RemoveMember;
import dev.parley.messages.conversation.MemberRole;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.security.Principal;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Who comes into a group, as what, and who goes. Who removes themselves leaves.
@RestController
@RequestMapping("/api/v1/conversations/{id}/members")
class MemberController {

    private final Commands commands;
    private final AccountDirectory directory;
    private final WrittenAnswer answer;
    private final Clock clock;

    /// @param role `member` where it is missing
    record NewMember(@NotNull String username, @Nullable String role) {}

    /// @param role `owner`, `admin`, `member` or `reader`
    record OtherRole(@NotNull String role) {}

    MemberController(Commands commands, AccountDirectory directory, WrittenAnswer answer, Clock clock) {
        this.commands = commands;
        this.directory = directory;
        this.answer = answer;
        this.clock = clock;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    ResponseEntity<Void> add(
            @PathVariable String id, @Valid @RequestBody NewMember wanted, @Nullable Principal principal) {
        AccountId by = Callers.account(principal);
        ConversationId conversation = Given.conversation(id);
        MemberRole role = wanted.role() == null ? MemberRole.MEMBER : Given.memberRole(wanted.role());
        AccountId account = directory.account("username", wanted.username());
        commands.send(new AddMember(conversation, account, role, by, clock.instant()));
        return answer.status(HttpStatus.NO_CONTENT).build();
    }

    @PutMapping("/{username}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    ResponseEntity<Void> change(
            @PathVariable String id,
            @PathVariable String username,
            @Valid @RequestBody OtherRole wanted,
            @Nullable Principal principal) {
        AccountId by = Callers.account(principal);
        ConversationId conversation = Given.conversation(id);
        MemberRole role = Given.memberRole(wanted.role());
        AccountId account = directory.account("username", username);
        commands.send(new ChangeMemberRole(conversation, account, role, by, clock.instant()));
        return answer.status(HttpStatus.NO_CONTENT).build();
    }

    /// @param successor name or account of who becomes owner where the last one leaves
    @DeleteMapping("/{username}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    ResponseEntity<Void> remove(
            @PathVariable String id,
            @PathVariable String username,
            @RequestParam(required = false) @Nullable String successor,
            @Nullable Principal principal) {
        AccountId by = Callers.account(principal);
        ConversationId conversation = Given.conversation(id);
        AccountId account = directory.account("username", username);
        AccountId heir = successor == null ? null : directory.account("successor", successor);
        commands.send(new RemoveMember(conversation, account, heir, by, clock.instant()));
        return answer.status(HttpStatus.NO_CONTENT).build();
    }
}
