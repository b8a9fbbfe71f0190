package dev.parley.delivery.gateway;

import dev.parley.delivery.DeliveryProperties;
import dev.parley.delivery.dispatch.CommandDispatch;
import dev.parley.delivery.dispatch.CommandDispatch.Patience;
import dev.parley.delivery.receipt.ConversationSizes;
import dev.parley.delivery.receipt.MarkCommands;
import dev.parley.delivery.receipt.PostgresMemberCounts;
import dev.parley.delivery.receipt.ReceiptMarks;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Commands and receipts.
@Configuration(proxyBeanMethods = false)
class ReceiptConfiguration {

    @Bean
    CommandDispatch deliveryDispatch(
            CommandGateway gateway, GatewayTimer timer, DeliveryProperties limits, MeterRegistry meters) {
        DeliveryProperties.Send send = limits.send();
        return new CommandDispatch(gateway, timer, new Patience(send.timeout(), send.attempts()), meters);
    }

    /// It asks the membership's table when the first device acknowledges, long after the schema is there.
    @Bean
    MarkCommands deliveryMarkCommands(
            CommandDispatch dispatch, JdbcClient jdbc, Clock clock, DeliveryProperties limits) {
        ConversationSizes sizes = new ConversationSizes(
                new PostgresMemberCounts(jdbc), limits.receipts().small());
        return new MarkCommands(dispatch, sizes, clock);
    }

    @Bean
    ReceiptMarks deliveryReceipts(
            MarkCommands commands, GatewayTimer timer, DeliveryProperties limits, MeterRegistry meters) {
        return new ReceiptMarks(commands, timer, limits.receipts(), meters);
    }

    @Bean
    ReceiptLifecycle deliveryReceiptLifecycle(ReceiptMarks receipts, GatewayTimer timer, DeliveryProperties limits) {
        return new ReceiptLifecycle(receipts, timer, limits.receipts().drain());
    }
}
