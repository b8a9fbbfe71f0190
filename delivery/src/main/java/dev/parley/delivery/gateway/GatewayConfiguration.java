package dev.parley.delivery.gateway;

import dev.parley.delivery.DeliveryProperties;
import dev.parley.delivery.cursor.CursorKeeper;
import dev.parley.delivery.deletion.DeletionStore;
import dev.parley.delivery.deletion.Deletions;
import dev.parley.delivery.dispatch.CommandDispatch;
import dev.parley.delivery.gateway.Greeter.GreeterContext;
import dev.parley.delivery.log.EventEncoder;
import dev.parley.delivery.log.EventRing;
import dev.parley.delivery.membership.MembershipStore;
import dev.parley.delivery.presence.ClaimReleases;
import dev.parley.delivery.presence.DeviceClaims;
import dev.parley.delivery.presence.PresenceConfiguration;
import dev.parley.delivery.presence.PresenceSignals;
import dev.parley.delivery.receipt.ReceiptMarks;
import dev.parley.delivery.signal.SignalSender;
import dev.parley.messages.query.DroppedTokens;
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

/// Puts the gateway together.
@Configuration(proxyBeanMethods = false)
@EnableWebSocket
@Import({TailConfiguration.class, SocketBuffers.class, PresenceConfiguration.class, ReceiptConfiguration.class})
public class GatewayConfiguration {

    /// As many deletions as the membership projection may be behind this node's tail.
    private static final int RECENT_DELETIONS = 4096;

    /// A page of another origin may connect: a socket is worth nothing before its `hello` brings a token, and there are
    /// no cookies.
    @Bean
    WebSocketConfigurer deliveryEndpoint(GatewayHandler handler) {
        return registry -> registry.addHandler(handler, "/ws")
                .addInterceptors(new OpeningTime())
                .setAllowedOrigins("*");
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
    Fanout deliveryFanout(EventRing ring, ExecutorService deliveryExecutor) {
        return new Fanout(ring, new CrowdLane(deliveryExecutor));
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
    LiveEvents deliveryLiveEvents(EventEncoder encoder, Deletions deletions, Fanout fanout) {
        return new LiveEvents(encoder, deletions, fanout);
    }

    @Bean
    Deletions deliveryDeletions(DeletionStore store, DeliveryProperties limits, MeterRegistry meters) {
        Deletions deletions = new Deletions(store, limits.feed().deletionPages(), RECENT_DELETIONS);
        meters.gauge("parley.delivery.deletions.pages", deletions, Deletions::size);
        return deletions;
    }

    @Bean
    History deliveryHistory(EventEncoder encoder, Deletions deletions) {
        return new History(encoder, deletions);
    }

    @Bean
    CatchUp deliveryCatchUp(StoreReader reader, History history, DeliveryProperties limits, MeterRegistry meters) {
        CatchUpSlots slots = new CatchUpSlots(limits.feed().catchUps());
        meters.gauge("parley.delivery.catchups.active", slots, CatchUpSlots::taken);
        meters.gauge("parley.delivery.catchups.waiting", slots, CatchUpSlots::waiting);
        return new CatchUp(reader, history, slots, limits.feed().patience());
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
    Sockets deliverySockets(DeliveryProperties limits, Logins logins, ClaimReleases releases, MeterRegistry meters) {
        return new Sockets(limits.socket().limits(), logins, releases, meters);
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
    GreeterContext deliveryGreeterContext(
            Sockets sockets, DeviceClaims claims, ReadBarrier barrier, DeliveryProperties limits) {
        return new GreeterContext(
                sockets,
                claims,
                barrier,
                limits.socket().ping(),
                limits.sessions().recheck());
    }

    @Bean
    LocalSignals deliveryLocalSignals(Fanout fanout, Sockets sockets, DeliveryProperties limits) {
        return new LocalSignals(fanout, sockets, limits.socket().limits().signalFanOut());
    }

    @Bean
    NodeSignals deliveryNodeSignals(LocalSignals local, SignalSender sender, PresenceSignals presence) {
        return new NodeSignals(local, sender, presence);
    }

    @Bean
    DroppedTokenNotices deliveryDroppedTokens(QueryGateway queries, GatewayTimer timer, MeterRegistry meters) {
        return new DroppedTokenNotices(query -> queries.query(query, DroppedTokens.class), timer, meters);
    }

    @Bean
    Receiver deliveryReceiver(
            Greeter greeter, Fanout fanout, CursorKeeper cursors, NodeSignals signals, DroppedTokenNotices notices) {
        return new Receiver(greeter, fanout, cursors, signals, notices);
    }

    @Bean
    GatewayHandler deliveryHandler(GatewayNode node, Sockets sockets, Receiver receiver, DeliveryProperties limits) {
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
