package dev.parley.command.conversation;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.parley.command.account.Callers;
import dev.parley.command.dispatch.Commands;
import dev.parley.command.dispatch.WrittenAnswer;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.RejectedException;
import dev.parley.messages.Rejection;
import dev.parley.messages.conversation.ConversationCommand;
import dev.parley.messages.conversation.ConversationCommand.ChangeHistoryVisibility;
import dev.parley.messages.conversation.ConversationCommand.ChangeTopic;
import dev.parley.messages.conversation.ConversationCommand.RenameConversation;
import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// What a group is called and about, and what later joiners see of it.
@RestController
class DescriptionController {

    private final Commands commands;
    private final WrittenAnswer answer;
    private final ConversationLimits limits;
    private final Clock clock;

    /// What is missing stays; a title or topic that is null is taken away (RFC 7396).
    static final class Description {

        private @Nullable String title;
        private @Nullable String topic;
        private @Nullable String history;
        private boolean titled;
        private boolean about;

        @JsonProperty
        void setTitle(@Nullable String title) {
            this.title = title;
            titled = true;
        }

        @JsonProperty
        void setTopic(@Nullable String topic) {
            this.topic = topic;
            about = true;
        }

        /// `since-joining` or `all`.
        @JsonProperty
        void setHistory(@Nullable String history) {
            this.history = history;
        }
    }

    DescriptionController(Commands commands, WrittenAnswer answer, ConversationLimits limits, Clock clock) {
        this.commands = commands;
        this.answer = answer;
        this.limits = limits;
        this.clock = clock;
    }

    /// Several changes are several facts. What can be refused is refused before the first: the texts are looked at
    /// here,
    /// and what takes the most power goes first.
    @PatchMapping("/api/v1/conversations/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    ResponseEntity<Void> describe(
            @PathVariable String id, @RequestBody Description wanted, @Nullable Principal principal) {
        AccountId by = Callers.account(principal);
        List<ConversationCommand> changes = changes(Given.conversation(id), wanted, by);
        Given.refuse(Describing.titleFault(limits, wanted.title));
        Given.refuse(Describing.topicFault(limits, wanted.topic));
        Given.refuse(changes.isEmpty() ? Rejection.invalid("title", "Say a title, a topic or the history") : null);
        changes.forEach(commands::send);
        return answer.status(HttpStatus.NO_CONTENT).build();
    }

    /// @throws RejectedException `invalid`
    private List<ConversationCommand> changes(ConversationId id, Description wanted, AccountId by) {
        Instant now = clock.instant();
        List<ConversationCommand> changes = new ArrayList<>();
        if (wanted.history != null) {
            changes.add(new ChangeHistoryVisibility(id, Given.history(wanted.history), by, now));
        }
        if (wanted.titled) {
            changes.add(new RenameConversation(id, wanted.title, by, now));
        }
        if (wanted.about) {
            changes.add(new ChangeTopic(id, wanted.topic, by, now));
        }
        return changes;
    }
}
