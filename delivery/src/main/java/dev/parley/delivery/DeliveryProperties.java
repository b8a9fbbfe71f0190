package dev.parley.delivery;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/// `parley.delivery`: every limit, time and size of the gateway.
@Validated
@ConfigurationProperties("parley.delivery")
public record DeliveryProperties(
        @Valid @DefaultValue Ring ring,
        @Valid @DefaultValue Feed feed,
        @Valid @DefaultValue Socket socket,
        @Valid @DefaultValue Sessions sessions,
        @Valid @DefaultValue Send send,
        @Valid @DefaultValue Receipts receipts,
        @Valid @DefaultValue Shutdown shutdown,
        @Valid @DefaultValue Signals signals,
        @Valid @DefaultValue Presence presence) {

    /// The newest events in memory.
    ///
    /// @param events at most this many
    /// @param size at most this much, estimated
    public record Ring(
            @DefaultValue("10000") @Min(1) int events,
            @DefaultValue("64MB") DataSize size) {}

    /// What is sent to a device.
    ///
    /// @param window unacknowledged events in flight where the client does not say
    /// @param maxWindow the most a client can ask for
    /// @param catchUps sessions that read the event store at one time, for each node
    /// @param patience how long one of them keeps its place while the device's window is full
    /// @param deletionPages kept in memory for them: each says of 4,096 messages which were deleted, in at most 700
    ///     bytes
    public record Feed(
            @DefaultValue("256") @Min(1) int window,
            @DefaultValue("1024") @Min(1) @Max(65536) int maxWindow,
            @DefaultValue("16") @Min(1) int catchUps,
            @DefaultValue("250ms") @DurationMin(millis = 1) Duration patience,
            @DefaultValue("8192") @Min(1) int deletionPages) {}

    /// @param hello time for the first frame
    /// @param ping the server pings this often
    /// @param silence a socket that says nothing for this long is closed; a write that blocks as long fails
    /// @param maxFrame in bytes of UTF-8
    /// @param limits how many
    public record Socket(
            @DefaultValue("5s") @DurationMin(millis = 100) Duration hello,
            @DefaultValue("20s") @DurationMin(millis = 100) Duration ping,
            @DefaultValue("40s") @DurationMin(millis = 200) Duration silence,
            @DefaultValue("64KB") DataSize maxFrame,
            @Valid @DefaultValue Limits limits) {}

    /// @param sockets of this node
    /// @param perAccount sockets of one account on this node
    /// @param answers frames that wait for a device which does not read them
    /// @param signalFanOut sessions that get a typing signal, at most
    public record Limits(
            @DefaultValue("20000") @Min(1) int sockets,
            @DefaultValue("32") @Min(1) int perAccount,
            @DefaultValue("256") @Min(8) int answers,
            @DefaultValue("100") @Min(0) int signalFanOut) {}

    /// The sessions that sockets live by.
    ///
    /// @param recheck how often a connected socket's session is asked for again, give or take a quarter
    /// @param atOnce how many are asked for at one time, and at each look, twice a second
    public record Sessions(
            @DefaultValue("10m") @DurationMin(millis = 100) Duration recheck,
            @DefaultValue("64") @Min(1) int atOnce) {}

    /// What clients ask for.
    ///
    /// @param inFlight requests of one session that wait for their answer, reads apart
    /// @param reading reads of one session that wait for their answer; all may be answered at once, so they are
    ///     fewer than `socket.limits.answers`
    /// @param retryAfter told to a client that has too many, or whose request could not be done now
    /// @param timeout for the answer of the command side
    /// @param attempts of one request, when others wrote to its conversation at the same time
    public record Send(
            @DefaultValue("32") @Min(1) int inFlight,
            @DefaultValue("128") @Min(1) int reading,
            @DefaultValue("500ms") Duration retryAfter,
            @DefaultValue("10s") @DurationMin(millis = 100) Duration timeout,
            @DefaultValue("6") @Min(1) int attempts) {}

    /// What members received and read.
    ///
    /// @param interval a member of a conversation marks each at most once in it
    /// @param perSecond commands that mark what was received, for each node: in a second, and under way at one time
    /// @param small members of the largest conversation in which the others are told
    /// @param waiting members that wait to be marked, on this node; what finds no place is dropped
    /// @param remembered members whose marks this node remembers
    /// @param attempts to mark what was received
    /// @param drain time to mark what is left at the end
    public record Receipts(
            @DefaultValue("1s") @DurationMin(millis = 10) Duration interval,
            @DefaultValue("500") @Min(1) int perSecond,
            @DefaultValue("100") @Min(0) int small,
            @DefaultValue("100000") @Min(1) int waiting,
            @DefaultValue("100000") @Min(0) int remembered,
            @DefaultValue("6") @Min(1) int attempts,
            @DefaultValue("1s") @DurationMin(millis = 0) Duration drain) {}

    /// @param reconnectAfter told to clients in `goaway`
    /// @param spread told to clients in `goaway`: they add a random part of it; at least this
    /// @param maxSpread and at most this
    /// @param returnsPerSecond between the two, the spread gives this many sockets a second to the other nodes
    /// @param drain time for answers and closing, in all
    public record Shutdown(
            @DefaultValue("500ms") Duration reconnectAfter,
            @DefaultValue("5s") Duration spread,
            @DefaultValue("60s") Duration maxSpread,
            @DefaultValue("1000") @Min(1) int returnsPerSecond,
            @DefaultValue("5s") @DurationMin(millis = 0) Duration drain) {

        /// The spread for a node that holds so many sockets.
        public Duration spread(int sockets) {
            Duration needed = Duration.ofMillis(sockets * 1_000L / returnsPerSecond);
            Duration atMost = needed.compareTo(maxSpread) < 0 ? needed : maxSpread;
            return atMost.compareTo(spread) > 0 ? atMost : spread;
        }
    }

    /// What nodes tell one another.
    ///
    /// @param flush typing signals are gathered for this long
    /// @param queue typing signals that wait to be told; the oldest is dropped for another
    public record Signals(
            @DefaultValue("25ms") @DurationMin(millis = 1) Duration flush,
            @DefaultValue("10000") @Min(1) int queue) {}

    /// Who is online.
    ///
    /// @param heartbeat each node gives a sign of life this often
    /// @param dead a node without one for this long is dead, and so are its sockets
    /// @param grace an account without a socket is online for this long
    /// @param patience of a `hello` that claims its device; less than its own time limit
    /// @param look how often it is seen to what is due
    /// @param queue accounts that came or went and wait to be told of here; what finds no place is dropped
    /// @param readWait how long a read with `Parley-After` waits for the members before it is refused as
    ///     unavailable
    public record Presence(
            @DefaultValue("5s") @DurationMin(millis = 10) Duration heartbeat,
            @DefaultValue("20s") @DurationMin(millis = 20) Duration dead,
            @DefaultValue("5s") @DurationMin(millis = 0) Duration grace,
            @DefaultValue("3s") @DurationMin(millis = 10) Duration patience,
            @DefaultValue("1s") @DurationMin(millis = 10) Duration look,
            @DefaultValue("10000") @Min(1) int queue,
            @DefaultValue("5s") @DurationMin(millis = 0) Duration readWait) {}
}
