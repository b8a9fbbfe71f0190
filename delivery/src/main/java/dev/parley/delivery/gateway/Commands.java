package dev.parley.delivery.gateway;

import dev.parley.delivery.DeliveryProperties;
import dev.parley.delivery.dispatch.CommandDispatch;
import dev.parley.delivery.dispatch.Failures;
import dev.parley.delivery.frames.ClientFrame;
import dev.parley.delivery.frames.ServerFrame;
import dev.parley.delivery.frames.ServerFrame.AcceptedFrame;
import dev.parley.delivery.frames.ServerFrame.Problem;
import dev.parley.delivery.receipt.ReceiptMarks;
import dev.parley.messages.AccountId;
import dev.parley.messages.conversation.Accepted;
import dev.parley.messages.conversation.ConversationCommand;
import dev.parley.messages.conversation.ConversationCommand.AddReaction;
import dev.parley.messages.conversation.ConversationCommand.DeleteMessage;
import dev.parley.messages.conversation.ConversationCommand.EditMessage;
import dev.parley.messages.conversation.ConversationCommand.RemoveReaction;
import dev.parley.messages.conversation.ConversationCommand.SendMessage;
import dev.parley.messages.member.MemberId;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Makes commands of requests, and frames of what comes of them. Thread-safe.
final class Commands {

    private final CommandDispatch dispatch;
    private final ReceiptMarks receipts;
    private final Clock clock;
    private final DeliveryProperties.Send limits;
    private final MeterRegistry meters;

    Commands(
            CommandDispatch dispatch,
            ReceiptMarks receipts,
            Clock clock,
            DeliveryProperties.Send limits,
            MeterRegistry meters) {
        this.dispatch = dispatch;
        this.receipts = receipts;
        this.clock = clock;
        this.limits = limits;
        this.meters = meters;
    }

    DeliveryProperties.Send limits() {
        return limits;
    }

    /// What is known of the receipts of this node's accounts.
    ReceiptMarks receipts() {
        return receipts;
    }

    /// Never fails: what went wrong is a [Problem].
    CompletableFuture<ServerFrame> change(AccountId account, ClientFrame.Change frame) {
        return dispatch.<Accepted>send(command(account, frame)).handle((accepted, failure) -> {
            if (failure != null) {
                return problem(frame, failure);
            }
            count(frame, "accepted");
            return AcceptedFrame.of(frame, accepted.seq(), accepted.at());
        });
    }

    /// Never fails: what went wrong is a [Problem]. The account is a member of the conversation.
    CompletableFuture<ServerFrame> read(AccountId account, ClientFrame.Read frame) {
        MemberId member = new MemberId(frame.conversation(), account);
        return receipts.read(member, frame.seq()).handle((@Nullable Instant at, @Nullable Throwable failure) -> {
            if (at == null || failure != null) {
                return problem(frame, failure == null ? new IllegalStateException("No time") : failure);
            }
            count(frame, "accepted");
            return AcceptedFrame.of(frame, frame.seq(), at);
        });
    }

    private ConversationCommand command(AccountId account, ClientFrame.Change frame) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return switch (frame) {
            case ClientFrame.Send send ->
                new SendMessage(
                        send.conversation(),
                        send.id(),
                        account,
                        send.body(),
                        send.replyTo(),
                        send.mentions(),
                        send.attachments(),
                        now);
            case ClientFrame.Edit edit ->
                new EditMessage(
                        edit.conversation(), edit.id(), edit.message(), account, edit.body(), edit.mentions(), now);
            case ClientFrame.Delete delete ->
                new DeleteMessage(delete.conversation(), delete.message(), delete.seq(), account, now);
            case ClientFrame.React react ->
                new AddReaction(react.conversation(), react.message(), react.reaction(), account, now);
            case ClientFrame.Unreact unreact ->
                new RemoveReaction(unreact.conversation(), unreact.message(), unreact.reaction(), account, now);
        };
    }

    private Problem problem(ClientFrame.Request frame, Throwable failure) {
        Problem problem = Failures.problem(
                frame.id().toString(), failure, limits.retryAfter().toMillis());
        count(frame, problem.code().text());
        return problem;
    }

    private void count(ClientFrame.Request frame, String outcome) {
        meters.counter("parley.delivery.requests", "request", name(frame), "outcome", outcome)
                .increment();
    }

    private static String name(ClientFrame.Request frame) {
        return switch (frame) {
            case ClientFrame.Send send -> "send";
            case ClientFrame.Edit edit -> "edit";
            case ClientFrame.Delete delete -> "delete";
            case ClientFrame.React react -> "react";
            case ClientFrame.Unreact unreact -> "unreact";
            case ClientFrame.Read read -> "read";
        };
    }
}
