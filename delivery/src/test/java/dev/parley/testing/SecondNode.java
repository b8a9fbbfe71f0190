package dev.parley.testing;

import dev.parley.delivery.DeliveryConfiguration;
import dev.parley.messages.serialization.ParleySerializer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.transaction.PlatformTransactionManager;

/// Another gateway node beside a [TestApp], with its event store, its command side and its database.
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(DeliveryConfiguration.class)
public class SecondNode {

    public static ServletWebServerApplicationContext beside(
            ServletWebServerApplicationContext first, String... arguments) {
        EventStore store = first.getBean(EventStore.class);
        CommandSideStandIn side = first.getBean(CommandSideStandIn.class);
        return (ServletWebServerApplicationContext) new SpringApplicationBuilder(SecondNode.class)
                .initializers(context -> {
                    GenericApplicationContext beans = (GenericApplicationContext) context;
                    beans.registerBean("eventStore", EventStore.class, () -> store);
                    beans.registerBean("side", CommandSideStandIn.class, () -> side);
                })
                .run(arguments);
    }

    @Bean
    @Primary
    Serializer parleySerializer() {
        return ParleySerializer.create();
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    MeterRegistry meters() {
        return new SimpleMeterRegistry();
    }

    @Bean
    TransactionManager axonTransactionManager(PlatformTransactionManager transactionManager) {
        return new SpringTransactionManager(transactionManager);
    }

    @Bean
    ConnectionProvider connectionProvider(javax.sql.DataSource dataSource) {
        return new TestApp().connectionProvider(dataSource);
    }

    @Bean
    TokenStore tokenStore(ConnectionProvider connections, Serializer serializer) {
        return JdbcTokenStore.builder()
                .connectionProvider(connections)
                .schema(TokenSchema.builder().setTokenTable("axon.token_entry").build())
                .serializer(serializer)
                .nodeId("second")
                .build();
    }
}
