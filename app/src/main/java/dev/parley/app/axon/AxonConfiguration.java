package dev.parley.app.axon;

import dev.parley.command.dispatch.RejectionsKeepState;
import dev.parley.messages.serialization.ParleySerializer;
import javax.sql.DataSource;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.transaction.PlatformTransactionManager;

/// Axon's parts that differ from its auto-configuration. One serializer serves facts, messages and tokens.
@Configuration(proxyBeanMethods = false)
class AxonConfiguration {

    private static final String SCHEMA = "axon";

    @Bean
    @Primary
    Serializer serializer() {
        return ParleySerializer.create();
    }

    @Bean
    @Qualifier("messageSerializer")
    Serializer messageSerializer(Serializer serializer) {
        return serializer;
    }

    @Bean
    @Qualifier("eventSerializer")
    Serializer eventSerializer(Serializer serializer) {
        return serializer;
    }

    /// Commands touch no database, so handling one takes no connection from the pool.
    @Bean
    @Qualifier("localSegment")
    CommandBus localCommandBus() {
        return SimpleCommandBus.builder()
                .transactionManager(NoTransactionManager.INSTANCE)
                .rollbackConfiguration(new RejectionsKeepState())
                .build();
    }

    @Bean
    TransactionManager axonTransactionManager(PlatformTransactionManager transactionManager) {
        return new SpringTransactionManager(transactionManager);
    }

    @Bean
    ConnectionProvider connectionProvider(DataSource dataSource) {
        return new UnitOfWorkAwareConnectionProviderWrapper(new SpringDataSourceConnectionProvider(dataSource));
    }

    @Bean
    TokenStore tokenStore(
            DataSource dataSource,
            ConnectionProvider connectionProvider,
            Serializer serializer,
            TransactionManager transactions) {
        Flyway.configure()
                .dataSource(dataSource)
                .schemas(SCHEMA)
                .locations("classpath:db/" + SCHEMA)
                .load()
                .migrate();
        TokenStore store = JdbcTokenStore.builder()
                .connectionProvider(connectionProvider)
                .schema(TokenSchema.builder()
                        .setTokenTable(SCHEMA + ".token_entry")
                        .build())
                .serializer(serializer)
                .build();
        identify(store, transactions);
        return store;
    }

    /// The first node of an empty database gives the store its identifier. Of several that start at the same moment one
    /// inserts it; the others fail on its key, and find it when they look again.
    private static void identify(TokenStore store, TransactionManager transactions) {
        try {
            transactions.fetchInTransaction(store::retrieveStorageIdentifier);
        } catch (RuntimeException another) {
            transactions.fetchInTransaction(store::retrieveStorageIdentifier);
        }
    }
}
