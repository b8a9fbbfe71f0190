package dev.parley.query.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.messages.RejectedException;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.conversation.ConversationEvent.MessageEdited;
import dev.parley.messages.conversation.ConversationEvent.MessageImported;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.query.paging.Parameters;
import dev.parley.query.said.SaidDocument;
import dev.parley.query.said.SaidReads;
import dev.parley.query.stored.StoredFacts;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventhandling.DomainEventMessage;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Shows auditors every fact about one message, in the order of the store. Which facts these are is looked up in
/// Elasticsearch, once everything that was stored before the request is there; they themselves come from the event
/// store.
@RestController
class LifeController {

    private final StoredFacts facts;
    private final EventLog log;
    private final SaidReads said;

    LifeController(StoredFacts facts, EventLog log, SaidReads said) {
        this.facts = facts;
        this.log = log;
        this.said = said;
    }

    /// @param next the position to go on after, absent on the last page
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Life(List<Happened> facts, @Nullable Long next) {}

    /// @param was how the message read before, where the fact is an edit
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Happened(
            @JsonUnwrapped StoredEvent fact, @Nullable String was) {}

    /// @param after a position
    @GetMapping("/api/v1/audit/messages/{conversation}/{message}")
    Life life(
            @Nullable Principal auditor,
            @PathVariable String conversation,
            @PathVariable String message,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable String limit) {
        ConversationId in = Parameters.conversation("conversation", conversation);
        MessageId id = message(message);
        Long from = Parameters.natural("after", after);
        int size = Parameters.limit(limit);
        AccessLog.note(auditor, "life", id);
        said.await(String.valueOf(Math.max(0, facts.head())));

        List<SaidDocument> found = said.about(in, id, from == null ? -1 : from, size + 1);
        if (found.isEmpty() && from == null) {
            throw new RejectedException(RejectionCode.NOT_FOUND, "There is no such message");
        }
        List<SaidDocument> shown = found.subList(0, Math.min(size, found.size()));
        String was = from == null ? null : wasAt(in, id, from);
        return new Life(
                happened(in, shown, was), found.size() > size ? shown.getLast().position() : null);
    }

    private @Nullable String wasAt(ConversationId in, MessageId id, long position) {
        List<SaidDocument> body = said.bodyUpTo(in, id, position);
        return body.isEmpty() ? null : body(fact(in, body.getFirst()));
    }

    private List<Happened> happened(ConversationId in, List<SaidDocument> shown, @Nullable String was) {
        List<Happened> happened = new ArrayList<>();
        String before = was;
        for (SaidDocument found : shown) {
            DomainEventMessage<?> fact = fact(in, found);
            boolean edit = fact.getPayload() instanceof MessageEdited;
            happened.add(new Happened(log.event(fact, found.position()), edit ? before : null));
            before = found.bearsBody() ? body(fact) : before;
        }
        return happened;
    }

    private DomainEventMessage<?> fact(ConversationId in, SaidDocument found) {
        List<DomainEventMessage<?>> one = new ArrayList<>();
        facts.visit(in.toString(), found.fact(), 1, fact -> {
            one.add(fact);
            return false;
        });
        return one.stream()
                .filter(fact -> fact.getSequenceNumber() == found.fact())
                .findFirst()
                .orElseThrow(() -> new RejectedException(
                        RejectionCode.UNAVAILABLE, "The event store does not hold what was found, try again"));
    }

    private static @Nullable String body(DomainEventMessage<?> fact) {
        return switch (fact.getPayload()) {
            case MessageSent sent -> sent.body();
            case MessageImported imported -> imported.body();
            case MessageEdited edited -> edited.body();
            default -> null;
        };
    }

    private static MessageId message(String text) {
        try {
            return MessageId.of(text);
        } catch (IllegalArgumentException notAnId) {
            throw Parameters.invalid("message", "A message's id is a UUID of version 7");
        }
    }
}
