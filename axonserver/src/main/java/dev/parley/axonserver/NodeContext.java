package dev.parley.axonserver;

import dev.parley.axonserver.command.CommandRouter;
import dev.parley.axonserver.command.CommandService;
import dev.parley.axonserver.event.EventStoreService;
import dev.parley.axonserver.event.EventStreams;
import dev.parley.axonserver.eventquery.EventQueries;
import dev.parley.axonserver.http.ObservedContext;
import dev.parley.axonserver.platform.PlatformService;
import dev.parley.axonserver.protocol.Meters;
import dev.parley.axonserver.query.QueryRouter;
import dev.parley.axonserver.query.QueryService;
import dev.parley.axonserver.schedule.EventSchedulerService;
import dev.parley.axonserver.schedule.SchedulePublisher;
import dev.parley.axonserver.storage.EventStorage;
import io.grpc.ServerServiceDefinition;
import java.util.List;

/// One context of the node: an event store, handlers and clients of its own, apart from those of all others.
final class NodeContext {

    private final EventStorage storage;
    private final EventStreams streams;
    private final EventQueries eventQueries;
    private final CommandRouter commandRouter;
    private final CommandService commands;
    private final QueryRouter queryRouter;
    private final QueryService queries;
    private final PlatformService platform;
    private final SchedulePublisher schedule;

    NodeContext(AxonServerNodeProperties properties, EventStorage storage, Meters meters) {
        this.storage = storage;
        streams = new EventStreams(meters);
        eventQueries = new EventQueries(storage, properties.eventQueries(), meters);
        commandRouter = new CommandRouter(properties.routing(), meters);
        commands = new CommandService(commandRouter);
        queryRouter = new QueryRouter(properties.routing(), meters);
        queries = new QueryService(queryRouter);
        schedule = new SchedulePublisher(storage, meters);
        schedule.start();
        platform = new PlatformService(properties.name(), properties.heartbeat(), this::drop, meters);
    }

    List<ServerServiceDefinition> services() {
        return List.of(
                platform.bindService(),
                commands.bindService(),
                queries.bindService(),
                new EventSchedulerService(storage, streams, schedule).bindService(),
                new EventStoreService(storage, streams, eventQueries).definition());
    }

    PlatformService platform() {
        return platform;
    }

    /// What the HTTP side shows of it.
    ObservedContext observed(String name) {
        return new ObservedContext(
                name, platform, storage::writable, commandRouter::handlerCounts, queryRouter::handlerCounts);
    }

    /// The index of the next event.
    long head() {
        return storage.tail().next();
    }

    /// Fails the commands and queries whose time is up.
    void expire() {
        commandRouter.expire();
        queryRouter.expire();
        eventQueries.expire();
    }

    /// Asks the clients to go, and ends what reads the store.
    void leave() {
        schedule.close();
        platform.leave();
        streams.close();
        eventQueries.close();
    }

    /// Ends the streams of the clients that have not gone.
    void endStreams() {
        commands.close();
        queries.close();
        platform.close();
    }

    /// Stores what was accepted.
    void close() {
        schedule.close();
        storage.close();
    }

    private void drop(String clientId) {
        commands.drop(clientId);
        queries.drop(clientId);
    }
}
