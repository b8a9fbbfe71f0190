package dev.parley.query.said;

import dev.parley.messages.AccountId;
import dev.parley.messages.Fact;
import dev.parley.messages.MessageId;
import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.messages.conversation.ConversationEvent.ConversationRenamed;
import dev.parley.messages.conversation.ConversationEvent.ConversationStarted;
import dev.parley.messages.conversation.ConversationEvent.HistoryVisibilityChanged;
import dev.parley.messages.conversation.ConversationEvent.MemberAdded;
import dev.parley.messages.conversation.ConversationEvent.MemberRemoved;
import dev.parley.messages.conversation.ConversationEvent.MemberRoleChanged;
import dev.parley.messages.conversation.ConversationEvent.MessageDeleted;
import dev.parley.messages.conversation.ConversationEvent.MessageEdited;
import dev.parley.messages.conversation.ConversationEvent.MessageImported;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.messages.conversation.ConversationEvent.PlayerSeated;
import dev.parley.messages.conversation.ConversationEvent.ReactionAdded;
import dev.parley.messages.conversation.ConversationEvent.ReactionRemoved;
import dev.parley.messages.conversation.ConversationEvent.TopicChanged;
import dev.parley.testing.OracleContract;
import dev.parley.testing.Story;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.elasticsearch.client.elc.NativeQuery;
import org.springframework.data.elasticsearch.core.ElasticsearchOperations;

/// The index of what was ever said: every fact about a message is there for good, whatever comes after it.
class SaidOracleIT extends OracleContract {

    private static final int ALL = 500;

    @Autowired
    private SaidProjection projection;

    @Autowired
    private SaidIndex index;

    @Autowired
    private ElasticsearchOperations elasticsearch;

    @Override
    protected Object projection() {
        return projection;
    }

    @Override
    protected Fold fold() {
        return new Said();
    }

    @Override
    protected Set<String> read(Story story) {
        index.ensure();
        elasticsearch.indexOps(SaidDocument.class).refresh();
        Set<String> state = new TreeSet<>();
        NativeQuery query = NativeQuery.builder()
                .withQuery(any -> any.bool(bool -> {
                    story.conversations()
                            .forEach(one -> bool.should(should -> should.term(
                                    term -> term.field("conversation").value(one.toString()))));
                    return bool;
                }))
                .withPageable(PageRequest.of(0, ALL))
                .build();
        elasticsearch.search(query, SaidDocument.class).stream()
                .map(hit -> hit.getContent())
                .forEach(it -> state.add(line(
                        it.position(), it.fact(), it.kind(), it.subject(), it.seq(), it.by(), it.at(), it.body())));
        return state;
    }

    private static String line(@Nullable Object... fields) {
        return java.util.Arrays.toString(fields);
    }

    /// A new fact of a conversation does not compile until this says what it does.
    private static final class Said implements Fold {

        private final Set<String> state = new TreeSet<>();

        @Override
        public void apply(Fact fact, long position, long seq) {
            if (fact instanceof ConversationEvent event) {
                switch (event) {
                    case MessageSent it -> add(event, position, seq, "sent", it.message(), seq, it.sender(), it.body());
                    case MessageImported it ->
                        add(event, position, seq, "imported", it.message(), seq, it.sender(), it.body());
                    case MessageEdited it ->
                        add(event, position, seq, "edited", it.message(), it.messageSeq(), it.by(), it.body());
                    case MessageDeleted it ->
                        add(event, position, seq, "deleted", it.message(), it.messageSeq(), it.by(), null);
                    case ReactionAdded it ->
                        add(event, position, seq, "reacted", it.message(), it.messageSeq(), it.account(), null);
                    case ReactionRemoved it ->
                        add(event, position, seq, "unreacted", it.message(), it.messageSeq(), it.account(), null);
                    case ConversationStarted begun -> {}
                    case ConversationRenamed renamed -> {}
                    case TopicChanged changed -> {}
                    case HistoryVisibilityChanged changed -> {}
                    case MemberAdded added -> {}
                    case MemberRemoved removed -> {}
                    case MemberRoleChanged changed -> {}
                    case PlayerSeated seated -> {}
                }
            }
        }

        private void add(
                ConversationEvent event,
                long position,
                long seq,
                String kind,
                MessageId message,
                long messageSeq,
                AccountId by,
                @Nullable String body) {
            state.add(line(
                    position,
                    seq,
                    kind,
                    event.conversation() + ":" + message,
                    messageSeq,
                    by,
                    event.at().toEpochMilli(),
                    body));
        }

        @Override
        public Set<String> state() {
            return state;
        }
    }
}
