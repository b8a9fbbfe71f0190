package dev.parley.query.letters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.GameId;
import dev.parley.messages.application.ApplicationEvent.ApplicationCleared;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.query.batch.Letters;
import dev.parley.testing.LettersContract;
import dev.parley.testing.Room;
import dev.parley.testing.Running;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

class ProcessorLettersIT extends Running implements LettersContract {

    private final String processor = "contract-" + UUID.randomUUID();

    @Autowired
    private LetterTable table;

    @Autowired
    private PlatformTransactionManager transactions;

    @Autowired
    private JdbcTemplate jdbc;

    private Letters letters;

    @BeforeEach
    void ofAProcessorOfItsOwn() {
        TransactionTemplate savepoint = new TransactionTemplate(transactions);
        savepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
        letters = new ProcessorLetters(
                processor,
                table,
                fact -> ((DomainEventMessage<?>) fact).getAggregateIdentifier(),
                savepoint,
                new SimpleMeterRegistry());
    }

    @AfterEach
    void leavesNoLetters() {
        jdbc.update("delete from " + LetterQueues.TABLE + " where processinggroup = ?", processor);
    }

    /// Retried later it would take away what came since.
    @Test
    void aClearingIsNotPutAside() {
        EventMessage<?> cleared = new GenericDomainEventMessage<>(
                "Application", "application", 0, new ApplicationCleared(1, new GameId(1), Room.now()));
        assertThatThrownBy(() -> inTransaction(() -> letters.addFailed(cleared, new ArithmeticException())))
                .hasRootCauseInstanceOf(ArithmeticException.class);
        assertThat(kept("application")).isEmpty();
    }

    @Override
    public Letters letters() {
        return letters;
    }

    @Override
    public EventMessage<?> fact(String sequence, long number) {
        AccountId sender = new AccountId(new UUID(0, 1));
        MessageSent sent =
                new MessageSent(new ConversationId(new UUID(0, 2)), Room.newMessage(), sender, "" + number, Room.now());
        return new GenericDomainEventMessage<>("Conversation", sequence, number, sent);
    }

    @Override
    public List<Long> kept(String sequence) {
        return jdbc.queryForList(
                "select sequencenumber from " + LetterQueues.TABLE
                        + " where processinggroup = ? and sequenceidentifier = ? order by sequenceindex",
                Long.class,
                processor,
                sequence);
    }

    @Override
    public void inTransaction(Runnable batch) {
        new TransactionTemplate(transactions).executeWithoutResult(status -> batch.run());
    }
}
