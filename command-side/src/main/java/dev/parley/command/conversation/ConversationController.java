package dev.parley.command.conversation;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.command.account.AccountDirectory;
import dev.parley.command.account.Callers;
import dev.parley.command.dispatch.Commands;
import dev.parley.command.dispatch.WrittenAnswer;
import dev.parley.command.identity.DerivedId;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.RejectedException;
import dev.parley.messages.Rejection;
import dev.parley.messages.conversation.ConversationCommand.StartConversation;
import dev.parley.messages.conversation.ConversationKind;
import dev.parley.messages.conversation.HistoryVisibility;
import dev.parley.messages.conversation.Member;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.security.Principal;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Starts conversations. A pair has one direct conversation: starting it again answers 200 with what is there.
@RestController
class ConversationController {

    private final Commands commands;
    private final AccountDirectory directory;
    private final WrittenAnswer answer;
    private final ConversationLimits limits;
    private final Clock clock;

    /// @param kind `direct` or `group`
    /// @param title not blank where it is there; a direct conversation has none
    /// @param members user names of the others, exactly one for a direct conversation
    /// @param history what members of a group see of the time before they joined: `since-joining`, also where it is
    ///     missing, or `all`
    record NewConversation(
            @NotNull String kind,

            @Nullable String title,

            @NotNull List<@NotBlank String> members,

            @Nullable String history) {}

    record StartedConversation(
            ConversationId id,
            String kind,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String title,

            List<StartedMember> members) {}

    record StartedMember(AccountId account, String username, String role) {}

    ConversationController(
            Commands commands,
            AccountDirectory directory,
            WrittenAnswer answer,
            ConversationLimits limits,
            Clock clock) {
        this.commands = commands;
        this.directory = directory;
        this.answer = answer;
        this.limits = limits;
        this.clock = clock;
    }

    @PostMapping("/api/v1/conversations")
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<StartedConversation> start(
            @Valid @RequestBody NewConversation wanted, @Nullable Principal principal) {
        AccountId by = Callers.account(principal);
        ConversationKind kind = Given.kind(wanted.kind());
        String title = kind == ConversationKind.DIRECT ? null : wanted.title();
        HistoryVisibility history = wanted.history() == null ? null : Given.history(wanted.history());
        Given.refuse(Describing.titleFault(limits, title));
        requireRoom(wanted.members().size());
        List<AccountId> others = directory.accounts("members", wanted.members()).stream()
                .distinct()
                .filter(account -> !account.equals(by))
                .toList();
        if (kind == ConversationKind.DIRECT && others.size() != 1) {
            throw new RejectedException(
                    Rejection.invalid("members", "A direct conversation is with exactly one other"));
        }
        ConversationId id =
                kind == ConversationKind.DIRECT ? direct(by, others.getFirst()) : new ConversationId(UUID.randomUUID());
        Started started = commands.send(
                new StartConversation(id, kind, title, by, others, history, clock.instant()), Started.class);
        return answer.status(started.fresh() ? HttpStatus.CREATED : HttpStatus.OK)
                .body(new StartedConversation(id, Given.text(kind), title, described(started.members())));
    }

    /// The same for both of a pair.
    private static ConversationId direct(AccountId one, AccountId other) {
        String[] pair = Stream.of(one, other).map(AccountId::toString).sorted().toArray(String[]::new);
        return new ConversationId(DerivedId.of("direct", pair[0], pair[1]));
    }

    private List<StartedMember> described(List<Member> members) {
        Map<AccountId, String> usernames =
                directory.usernames(members.stream().map(Member::account).toList());
        return members.stream()
                .map(member -> new StartedMember(
                        member.account(), usernames.getOrDefault(member.account(), ""), Given.text(member.role())))
                .toList();
    }

    /// Before so many names are looked up: a creator more and the conversation is full, too.
    private void requireRoom(int names) {
        if (names > limits.members()) {
            throw new RejectedException(Membership.full(limits));
        }
    }
}
