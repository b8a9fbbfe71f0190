package dev.parley.client;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// One device at a Parley server, connected until it is closed or refused for good. Thread-safe; no call blocks.
///
/// Events come to the listener once each and in order, however often the connection is lost: the device resumes behind
/// the last one that was handled. A request is sent again under its id until it is answered, so that it happens once.
/// Up to 10,000 may be unanswered; a further one fails with [java.util.concurrent.RejectedExecutionException]. A
/// request
/// that is refused fails with [ProblemException]. Who cares no more after some time gives the future a time-out: then
/// it
/// is not sent again. Futures complete on the thread that tells the listener: do not block in what depends on them.
///
/// Requests to one conversation are done in the order they were made. If the server puts one off (`unavailable`,
/// `rate-limited`), those behind it wait with it, except the few (at most 31) that were on their way already.
///
/// A process that dies forgets both: keep [#position] where the events went, and make requests again under ids of your
/// own with [#send(UUID, UUID, Draft)].
public final class ParleyClient implements AutoCloseable {

    private final Connection connection;

    private ParleyClient(Connection connection) {
        this.connection = connection;
    }

    /// Connects, and goes on until it is closed.
    public static ParleyClient connect(ClientTransport transport, ClientOptions options, ParleyListener listener) {
        Connection connection = new Connection(transport, options, listener);
        connection.open();
        return new ParleyClient(connection);
    }

    /// Says something.
    public CompletableFuture<Accepted> send(UUID conversation, String body) {
        return send(MessageIds.next(), conversation, Draft.of(body));
    }

    /// @param id of the message, a UUID of version 7: the same again is the same message
    public CompletableFuture<Accepted> send(UUID id, UUID conversation, Draft draft) {
        return request(id, conversation, Frames.send(id, conversation, draft));
    }

    /// Says an own message differently.
    public CompletableFuture<Accepted> edit(UUID conversation, UUID message, String body, List<UUID> mentions) {
        UUID id = MessageIds.next();
        ObjectNode frame = Frames.request("edit", id, conversation)
                .put("message", message.toString())
                .put("body", body);
        return request(id, conversation, Frames.mention(frame, mentions));
    }

    /// @param seq where the message is; needed for one that is not among the newest 1,000
    public CompletableFuture<Accepted> delete(UUID conversation, UUID message, @Nullable Long seq) {
        UUID id = MessageIds.next();
        ObjectNode frame = Frames.request("delete", id, conversation).put("message", message.toString());
        return request(id, conversation, seq == null ? frame : frame.put("seq", seq));
    }

    /// Adds a reaction.
    public CompletableFuture<Accepted> react(UUID conversation, UUID message, String reaction) {
        return reaction("react", conversation, message, reaction);
    }

    /// Takes it back.
    public CompletableFuture<Accepted> unreact(UUID conversation, UUID message, String reaction) {
        return reaction("unreact", conversation, message, reaction);
    }

    /// Everything up to here was read.
    public CompletableFuture<Accepted> read(UUID conversation, long seq) {
        UUID id = MessageIds.next();
        return request(
                id, conversation, Frames.request("read", id, conversation).put("seq", seq));
    }

    /// Lost if there is no connection now.
    public void typing(UUID conversation, boolean on) {
        connection.say(Frames.typing(conversation, on));
    }

    /// Another token of the same account. The supplier of tokens should give this one from now on.
    public void reauth(String token) {
        connection.say(Frames.reauth(token));
    }

    /// The highest position that was handled; null before the first welcome of a client that began at the newest event.
    public @Nullable Long position() {
        return connection.progress().handled();
    }

    /// Events that came again although they were handled, and were dropped: 0 unless the server is wrong.
    public long repeats() {
        return connection.progress().repeats();
    }

    /// How often the server put a request off so far: `rate-limited` or `unavailable`.
    public long putOff() {
        return connection.putOff();
    }

    /// Requests that wait for an answer.
    public int unanswered() {
        return connection.unanswered();
    }

    /// Acknowledges what was handled and says goodbye. What was not answered fails with [ClientStoppedException]. A
    /// call
    /// of the listener that is under way goes on; no other comes.
    @Override
    public void close() {
        connection.acknowledge();
        connection.stop("The client is closed");
    }

    private CompletableFuture<Accepted> reaction(String type, UUID conversation, UUID message, String reaction) {
        UUID id = MessageIds.next();
        return request(
                id,
                conversation,
                Frames.request(type, id, conversation)
                        .put("message", message.toString())
                        .put("reaction", reaction));
    }

    private CompletableFuture<Accepted> request(UUID id, UUID conversation, ObjectNode frame) {
        String text = frame.toString();
        ProblemException fault = Frames.fault(text);
        return fault == null ? connection.request(id, conversation, text) : CompletableFuture.failedFuture(fault);
    }
}
