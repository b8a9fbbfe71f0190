package dev.parley.command.member;

import dev.parley.command.account.Callers;
import dev.parley.command.dispatch.Commands;
import dev.parley.command.dispatch.WrittenAnswer;
import dev.parley.messages.RejectedException;
import dev.parley.messages.Rejection;
import dev.parley.messages.member.MemberCommand.MuteConversation;
import dev.parley.messages.member.MemberCommand.UnmuteConversation;
import dev.parley.messages.member.MemberId;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Whether the caller wants pushes of a conversation. It is nobody else's business.
@RestController
@RequestMapping("/api/v1/conversations/{id}/mute")
class MuteController {

    /// PostgreSQL's timestamps, JavaScript's dates and people end well after it.
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final Standings standings;
    private final Commands commands;
    private final WrittenAnswer answer;

    /// @param until for ever where it is missing; at most a hundred years ahead
    record Mute(@Nullable Instant until) {}

    MuteController(Standings standings, Commands commands, WrittenAnswer answer) {
        this.standings = standings;
        this.commands = commands;
        this.answer = answer;
    }

    @PutMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    ResponseEntity<Void> mute(
            @PathVariable String id,
            @RequestBody(required = false) @Nullable Mute mute,
            @Nullable Principal principal) {
        MemberId member = standings.member(id, Callers.account(principal));
        Instant now = standings.now();
        Instant until = mute == null ? null : mute.until();
        if (until != null && until.isAfter(now.plus(LONGEST))) {
            throw new RejectedException(Rejection.invalid("until", "Leave it out to mute for ever"));
        }
        var _ = standings.of(member);
        commands.send(new MuteConversation(member, until, now));
        return answer.status(HttpStatus.NO_CONTENT).build();
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    ResponseEntity<Void> unmute(@PathVariable String id, @Nullable Principal principal) {
        MemberId member = standings.member(id, Callers.account(principal));
        var _ = standings.of(member);
        commands.send(new UnmuteConversation(member, standings.now()));
        return answer.status(HttpStatus.NO_CONTENT).build();
    }
}
