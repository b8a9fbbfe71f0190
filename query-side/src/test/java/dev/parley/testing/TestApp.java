package dev.parley.testing;

import dev.parley.messages.RejectedException;
import dev.parley.messages.serialization.ParleySerializer;
import dev.parley.query.QuerySideConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/// Query-side with what the app provides.
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(QuerySideConfiguration.class)
public class TestApp {

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

    @Bean
    MeterRegistry meterRegistry() {
        return new SimpleMeterRegistry();
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
            ConnectionProvider connections, Serializer serializer, DataSource dataSource, Environment environment) {
        new JdbcTemplate(dataSource).execute("""
                create schema if not exists axon;
                create table if not exists axon.token_entry (processorname varchar(255) not null, segment integer not null,
                    token bytea, tokentype varchar(255), timestamp varchar(255), owner varchar(255),
                    primary key (processorname, segment));
                create table if not exists axon.dead_letter_entry (deadletteridentifier varchar(255) primary key,
                    processinggroup varchar(255) not null, sequenceidentifier varchar(255) not null,
                    sequenceindex bigint not null, messagetype varchar(255) not null,
                    eventidentifier varchar(255) not null, timestamp varchar(255) not null,
                    payloadtype varchar(255) not null, payloadrevision varchar(255), payload bytea not null,
                    metadata bytea, type varchar(255), aggregateidentifier varchar(255), sequencenumber bigint,
                    tokentype varchar(255), token bytea, enqueuedat varchar(255) not null, lasttouched varchar(255),
                    processingstarted varchar(255), causetype varchar(255), causemessage varchar(1023),
                    diagnostics bytea, unique (processinggroup, sequenceidentifier, sequenceindex))""");
        return JdbcTokenStore.builder()
                .connectionProvider(connections)
                .schema(TokenSchema.builder().setTokenTable("axon.token_entry").build())
                .serializer(serializer)
                .nodeId(environment.getProperty("axon.axonserver.client-id", "a-node"))
                .build();
    }

    /// Command-side does this.
    @Bean
    Recorder recorder(EventStore store) {
        return new Recorder(store);
    }

    /// The app does this for all modules.
    @RestControllerAdvice
    static class Problems {

        @ExceptionHandler(RejectedException.class)
        ResponseEntity<Object> rejected(RejectedException rejected) {
            var rejection = rejected.rejection();
            int status = switch (rejection.code()) {
                case INVALID -> 400;
                case UNAUTHENTICATED -> 401;
                case NOT_A_MEMBER, FORBIDDEN -> 403;
                case NOT_FOUND -> 404;
                case RATE_LIMITED -> 429;
                case UNAVAILABLE -> 503;
                default -> 500;
            };
            Map<String, Object> body = new HashMap<>();
            body.put("code", rejection.code());
            body.put("detail", rejection.detail());
            body.put("field", rejection.field());
            body.put("position", rejection.position());
            return ResponseEntity.status(status).body(body);
        }
    }
}
