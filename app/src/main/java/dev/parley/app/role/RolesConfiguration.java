package dev.parley.app.role;

import dev.parley.axonserver.AxonServerNodeConfiguration;
import dev.parley.command.CommandSideConfiguration;
import dev.parley.delivery.DeliveryConfiguration;
import dev.parley.notifications.NotificationsConfiguration;
import dev.parley.query.QuerySideConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// Brings in the module of each role this process has.
@Configuration(proxyBeanMethods = false)
class RolesConfiguration {

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnRole(NodeRole.AXONSERVER)
    @Import(AxonServerNodeConfiguration.class)
    static class AxonServer {}

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnRole(NodeRole.COMMAND_SIDE)
    @Import(CommandSideConfiguration.class)
    static class CommandSide {}

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnRole(NodeRole.QUERY_SIDE)
    @Import(QuerySideConfiguration.class)
    static class QuerySide {}

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnRole(NodeRole.DELIVERY)
    @Import(DeliveryConfiguration.class)
    static class Delivery {}

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnRole(NodeRole.NOTIFICATIONS)
    @Import(NotificationsConfiguration.class)
    static class Notifications {}
}
