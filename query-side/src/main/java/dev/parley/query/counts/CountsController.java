package dev.parley.query.counts;

import dev.parley.messages.ConversationId;
import dev.parley.messages.conversation.ConversationEvent.MessageImported;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.query.QuerySideSchema;
import dev.parley.query.history.MessageReads;
import dev.parley.query.history.Visible;
import dev.parley.query.paging.Parameters;
import dev.parley.query.progress.ProjectionProgress;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;
import org.springframework.data.elasticsearch.client.elc.NativeQuery;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/// Counts one conversation's messages in three places, which agree once the projections are there. It reads the whole
/// stream of the conversation, so it is for operators; the app lets nobody but admins in here.
@RestController
class CountsController {

    private final EventStore store;
    private final JdbcClient jdbc;
    private final MessageReads messages;

    CountsController(EventStore store, JdbcClient jdbc, MessageReads messages, QuerySideSchema schema) {
        this.store = store;
        this.jdbc = jdbc;
        this.messages = messages;
    }

    /// @param events in the event store, where they stay when the application is cleared
    /// @param stored in the inbox's counters
    /// @param indexed documents in Elasticsearch
    record Counts(long events, long stored, long indexed) {}

    @GetMapping("/api/v1/admin/conversations/{id}/counts")
    Counts counts(
            @PathVariable String id,
            @RequestHeader(name = ProjectionProgress.HEADER, required = false) @Nullable String after) {
        ConversationId conversation = Parameters.conversation("id", id);
        messages.await(after);
        return new Counts(events(conversation), stored(conversation), indexed(conversation));
    }

    private long events(ConversationId conversation) {
        // From the first event on: without a sequence number the store would begin with a snapshot.
        DomainEventStream stream = store.readEvents(conversation.toString(), 0);
        return stream.asStream()
                .map(event -> event.getPayloadType())
                .filter(type -> type == MessageSent.class || type == MessageImported.class)
                .count();
    }

    private long stored(ConversationId conversation) {
        return jdbc.sql("select sent + imported from query_side.conversation where id = ?")
                .param(conversation.value())
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    private long indexed(ConversationId conversation) {
        return messages.count(NativeQuery.builder()
                .withQuery(Visible.conversation(conversation))
                .build());
    }
}
