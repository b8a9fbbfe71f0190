package dev.parley.query;

import dev.parley.query.letters.DeadLetters;
import dev.parley.query.operations.FailureNotes;
import dev.parley.query.stored.StoredLog;
import dev.parley.tail.TailConfiguration;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;
import org.axonframework.config.Configuration;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.EventProcessingConfigurer;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.StreamableMessageSource;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;

/// All of query-side: import it where the role is on. It needs a `DataSource`, `JdbcClient` and `JdbcTemplate`, an
/// `ElasticsearchClient`, Axon's `Configuration` with an event store and a token store in `axon.token_entry`, a
/// transaction manager for both, a `MeterRegistry` and a `JsonMapper`.
@org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
@ComponentScan
@EnableConfigurationProperties(QuerySideProperties.class)
@Import(TailConfiguration.class)
public class QuerySideConfiguration {

    /// Writes [message history](dev.parley.query.history) to Elasticsearch.
    public static final String HISTORY = "history";
    /// Writes [inboxes](dev.parley.query.inbox) to PostgreSQL.
    public static final String INBOX = "inbox";

    /// Writes [games](dev.parley.query.lobby) to PostgreSQL.
    public static final String LOBBY = "lobby";
    /// Writes [saved searches](dev.parley.query.archive) to PostgreSQL.
    public static final String ARCHIVE = "archive";

    /// Writes [what was said](dev.parley.query.said) to Elasticsearch.
    public static final String SAID = "said";
    /// Chains [digests](dev.parley.query.chain) of all facts in PostgreSQL.
    public static final String CHAIN = "chain";

    /// Migrates the schema `query_side` before anything reads it.
    @Bean
    QuerySideSchema querySideSchema(DataSource dataSource) {
        Flyway.configure()
                .dataSource(dataSource)
                .schemas(QuerySideSchema.NAME)
                .locations("classpath:db/" + QuerySideSchema.NAME)
                .load()
                .migrate();
        return new QuerySideSchema();
    }

    /// All processors that name no other way note their failures for operators.
    @Bean
    ConfigurerModule processorsThatNote(ObjectProvider<FailureNotes> notes) {
        return configurer -> configurer.eventProcessing(processing -> processing.registerDefaultErrorHandler(
                configuration -> notes.getObject().handler()));
    }

    /// All processors start at the store's tail, so that an empty projection fills itself, and all stop while
    /// they cannot project: Axon retries with back-off, from 1 s to 60 s, and the token stays where it was. A
    /// fact that can never be projected becomes a [dead letter](dev.parley.query.letters) and the others go on.
    @Bean
    ConfigurerModule querySideProcessors(
            QuerySideProperties properties, ObjectProvider<DeadLetters> letters, ObjectProvider<StoredLog> log) {
        return configurer -> configurer.eventProcessing(processing -> {
            register(processing, CHAIN, configuration -> log.getObject(), properties.batchSize());
            for (String name : List.of(HISTORY, INBOX, LOBBY, ARCHIVE, SAID)) {
                register(processing, name, Configuration::eventStore, properties.batchSize());
                processing.registerHandlerInterceptor(
                        name, configuration -> letters.getObject().interceptor(name, new ByConversation()));
            }
        });
    }

    private static void register(
            EventProcessingConfigurer processing,
            String name,
            Function<Configuration, StreamableMessageSource<TrackedEventMessage<?>>> source,
            int batchSize) {
        processing
                .registerPooledStreamingEventProcessor(
                        name,
                        source,
                        (configuration, processor) -> processor
                                .initialToken(StreamableMessageSource::createTailToken)
                                .initialSegmentCount(1)
                                .batchSize(batchSize))
                .registerSequencingPolicy(name, configuration -> new ByConversation())
                .registerListenerInvocationErrorHandler(name, configuration -> PropagatingErrorHandler.instance());
    }
}
