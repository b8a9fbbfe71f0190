package dev.parley.query.letters;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.query.batch.Letters;
import dev.parley.query.batch.LettersContract;
import dev.parley.testing.Room;
import dev.parley.testing.Running;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/// Letters in PostgreSQL, of a processor that there is not.
class ProcessorLettersIT extends Running implements LettersContract {

    private static final String PROCESSOR = "contract";

    @Autowired
    private LetterTable table;

    @Autowired
    private PlatformTransactionManager platform;

    @Autowired
    private TransactionManager transactions;

    @Autowired
    private JdbcTemplate jdbc;

    private final Map<Integer, ConversationId> conversations = new ConcurrentHashMap<>();
    private Letters letters;
    private long position;

    @BeforeEach
    void ofNobody() {
        TransactionTemplate savepoint = new TransactionTemplate(platform);
        savepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
        letters = new ProcessorLetters(
                PROCESSOR,
                table,
                fact -> ((DomainEventMessage<?>) fact).getAggregateIdentifier(),
                savepoint,
                new SimpleMeterRegistry());
    }

    @AfterEach
    void leavesNoLetters() {
        jdbc.update("delete from " + LetterQueues.TABLE + " where processinggroup = ?", PROCESSOR);
    }

    @Override
    public Letters letters() {
        return letters;
    }

    @Override
    public EventMessage<?> fact(int sequence) {
        ConversationId conversation =
                conversations.computeIfAbsent(sequence, number -> new ConversationId(UUID.randomUUID()));
        MessageSent sent = new MessageSent(
                conversation, Room.newMessage(), new AccountId(UUID.randomUUID()), "a letter", Room.now());
        return new GenericTrackedDomainEventMessage<>(
                new GlobalSequenceTrackingToken(position),
                new GenericDomainEventMessage<>("Conversation", conversation.toString(), position++, sent));
    }

    @Override
    public void together(Runnable work) {
        transactions.executeInTransaction(work);
    }
}
