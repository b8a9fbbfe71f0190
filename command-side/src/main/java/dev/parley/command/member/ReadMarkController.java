package dev.parley.command.member;

import dev.parley.command.CommandSideProperties;
import dev.parley.command.account.Callers;
import dev.parley.command.dispatch.Commands;
import dev.parley.command.dispatch.WrittenAnswer;
import dev.parley.messages.conversation.Standing;
import dev.parley.messages.member.MemberCommand.MarkRead;
import dev.parley.messages.member.MemberId;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Says how far the caller has read. It only goes forward: what lies before the mark changes nothing. Others
/// are told in conversations that are small enough.
@RestController
class ReadMarkController {

    private final Standings standings;
    private final Commands commands;
    private final WrittenAnswer answer;
    private final CommandSideProperties properties;

    /// @param seq of the last event that was read, from 0
    record ReadMark(@NotNull @Min(0) Long seq) {}

    ReadMarkController(Standings standings, Commands commands, WrittenAnswer answer, CommandSideProperties properties) {
        this.standings = standings;
        this.commands = commands;
        this.answer = answer;
        this.properties = properties;
    }

    @PostMapping("/api/v1/conversations/{id}/read")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    ResponseEntity<Void> read(
            @PathVariable String id, @Valid @RequestBody ReadMark mark, @Nullable Principal principal) {
        MemberId member = standings.member(id, Callers.account(principal));
        Standing standing = standings.of(member);
        boolean shared = standing.members() <= properties.limits().receiptsUpTo();
        commands.send(new MarkRead(member, mark.seq(), shared, standings.now()));
        return answer.status(HttpStatus.NO_CONTENT).build();
    }
}
