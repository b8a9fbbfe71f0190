package dev.parley.delivery.gateway;

import dev.parley.delivery.DeliveryProperties;
import dev.parley.delivery.cursor.CursorKeeper;
import dev.parley.delivery.dispatch.CommandDispatch;
import dev.parley.delivery.gateway.Greeter.GreeterContext;
import dev.parley.delivery.log.EventEncoder;
import dev.parley.delivery.log.EventRing;
import dev.parley.delivery.membership.MembershipStore;
import dev.parley.delivery.receipt.ReceiptMarks;
import dev.parley.tail.ReadBarrier;
import dev.parley.tail.StoreReader;
import dev.parley.tail.TailConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.server.standard.ServletServerContainerFactoryBean;

/// Puts the gateway together.
@Configuration(proxyBeanMethods = false)
@EnableWebSocket
@Import({TailConfiguration.class, ReceiptConfiguration.class})
public class GatewayConfiguration {

    /// Buffers of an idle socket, in characters and bytes: larger messages come in parts.
    private static final int TEXT_BUFFER = 2048;

    private static final int BINARY_BUFFER = 256;

    @Bean
    ServletServerContainerFactoryBean deliveryWebSocketContainer() {
        ServletServerContainerFactoryBean container = new ServletServerContainerFactoryBean();
        container.setMaxTextMessageBufferSize(TEXT_BUFFER);
        container.setMaxBinaryMessageBufferSize(BINARY_BUFFER);
        return container;
    }

    /// A page of another origin may connect: a socket is worth nothing before its `hello` brings a token, and there are
    /// no cookies.
    @Bean
    WebSocketConfigurer deliveryEndpoint(GatewayHandler handler) {
        return registry -> registry.addHandler(handler, "/ws").setAllowedOrigins("*");
    }

    @Bean(destroyMethod = "shutdown")
    ExecutorService deliveryExecutor() {
        return Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("delivery-", 0).factory());
    }

    @Bean
    GatewayTimer deliveryTimer(ExecutorService deliveryExecutor) {
        return new GatewayTimer(deliveryExecutor);
    }

    @Bean
    EventRing deliveryRing(DeliveryProperties limits, MeterRegistry meters) {
        EventRing ring =
                new EventRing(limits.ring().events(), limits.ring().size().toBytes());
        meters.gauge("parley.delivery.ring.events", ring, EventRing::size);
        meters.gauge("parley.delivery.ring.bytes", ring, EventRing::bytes);
        meters.gauge("parley.delivery.ring.head", ring, EventRing::head);
        return ring;
    }

    @Bean
    Fanout deliveryFanout(EventRing ring) {
        return new Fanout(ring);
    }

    @Bean
    EventEncoder deliveryEncoder(MeterRegistry meters) {
        return new EventEncoder(meters);
    }

    @Bean
    Logins deliveryLogins() {
        return new Logins();
    }

    /// First, so that a closed socket is told nothing of what came after the end of its session.
    @Bean
    @Order(0)
    SessionEnds deliverySessionEnds(Logins logins) {
        return new SessionEnds(logins);
    }

    @Bean
    @Order(1)
    LiveEvents deliveryLiveEvents(EventEncoder encoder, Fanout fanout) {
        return new LiveEvents(encoder, fanout);
    }

    @Bean
    CatchUp deliveryCatchUp(StoreReader reader, EventEncoder encoder, DeliveryProperties limits, MeterRegistry meters) {
        CatchUpSlots slots = new CatchUpSlots(limits.feed().catchUps());
        meters.gauge("parley.delivery.catchups.active", slots, CatchUpSlots::taken);
        meters.gauge("parley.delivery.catchups.waiting", slots, CatchUpSlots::waiting);
        return new CatchUp(reader, encoder, slots, limits.feed().patience());
    }

    @Bean
    GatewayNode deliveryNode(
            Fanout fanout,
            CatchUp catchUp,
            ExecutorService deliveryExecutor,
            GatewayTimer timer,
            MeterRegistry meters) {
        return new GatewayNode(fanout, catchUp, deliveryExecutor, timer, meters.counter("parley.delivery.events.sent"));
    }

    @Bean
    Sockets deliverySockets(DeliveryProperties limits, Logins logins, MeterRegistry meters) {
        return new Sockets(limits.socket().limits(), logins, meters);
    }

    @Bean
    FeedOpener deliveryFeeds(EventRing ring, Fanout fanout, MembershipStore memberships, DeliveryProperties limits) {
        return new FeedOpener(ring, fanout, memberships, limits.feed());
    }

    @Bean
    Commands deliveryCommands(
            CommandDispatch dispatch,
            ReceiptMarks receipts,
            Clock clock,
            DeliveryProperties limits,
            MeterRegistry meters) {
        return new Commands(dispatch, receipts, clock, limits.send(), meters);
    }

    @Bean
    Authenticator deliveryAuthenticator(QueryGateway queries, DeliveryProperties limits) {
        return new Authenticator(queries, limits.socket().hello());
    }

    @Bean
    Greeter deliveryGreeter(
            Authenticator authenticator,
            FeedOpener feeds,
            Commands commands,
            CursorKeeper cursors,
            GreeterContext context) {
        return new Greeter(authenticator, feeds, commands, cursors, context);
    }

    @Bean
    GreeterContext deliveryGreeterContext(Sockets sockets, ReadBarrier barrier, DeliveryProperties limits) {
        return new GreeterContext(
                sockets, barrier, limits.socket().ping(), limits.sessions().recheck());
    }

    @Bean
    GatewayHandler deliveryHandler(
            GatewayNode node, Sockets sockets, Greeter greeter, CursorKeeper cursors, DeliveryProperties limits) {
        Receiver receiver = new Receiver(
                greeter, node.fanout(), cursors, limits.socket().limits().signalFanOut());
        return new GatewayHandler(node, sockets, receiver, limits.socket());
    }

    @Bean
    AttendanceQueries deliveryAttendance(Sockets sockets, CursorKeeper cursors) {
        return new AttendanceQueries(sockets, cursors);
    }

    @Bean
    SessionChecks deliverySessionChecks(
            Logins logins, Authenticator authenticator, ExecutorService deliveryExecutor, DeliveryProperties limits) {
        return new SessionChecks(logins, authenticator, deliveryExecutor, limits.sessions());
    }

    @Bean
    GatewayLifecycle deliveryLifecycle(
            GatewayTimer timer,
            Sockets sockets,
            CursorKeeper cursors,
            SessionChecks checks,
            DeliveryProperties limits) {
        return new GatewayLifecycle(timer, sockets, cursors, checks, limits);
    }
}
