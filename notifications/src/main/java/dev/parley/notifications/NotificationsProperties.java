package dev.parley.notifications;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Positive;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// Settings under `parley.notifications`. They hold paths of credentials, never credentials.
///
/// @param expiry after this time from being sent, a message is not worth a ring: it adds no row, and a row gives up
/// @param lateAfter how long a live socket may leave a message unacknowledged
/// @param mentionsBreakMute for accounts that never said
/// @param devicesPerAccount registering one more forgets the device that was registered longest ago
@Validated
@ConfigurationProperties("parley.notifications")
public record NotificationsProperties(
        @DefaultValue("4h") @DurationMin(millis = 1) Duration expiry,
        @DefaultValue("10s") @DurationMin(millis = 1) Duration lateAfter,
        @DefaultValue("true") boolean mentionsBreakMute,
        @DefaultValue("20") @Positive int devicesPerAccount,
        @DefaultValue @Valid Outbox outbox,
        @DefaultValue @Valid Apns apns,
        @DefaultValue @Valid Fcm fcm) {

    /// How the outbox is worked off.
    ///
    /// @param inFlight most pushes under way at a time on this node: at 100 ms a push, 1,000 make 10,000 a second
    /// @param lease how long a claimed row is this worker's; longer than the send timeout
    /// @param sendTimeout how long one attempt may take
    /// @param poll how often to look for rows of other nodes; this node's own rows wake the worker
    /// @param retry the waits between attempts
    /// @param retention how long ended rows are kept
    public record Outbox(
            @DefaultValue("1000") @Positive @Max(10_000) int inFlight,
            @DefaultValue("60s") @DurationMin(millis = 1) Duration lease,
            @DefaultValue("20s") @DurationMin(millis = 1) Duration sendTimeout,
            @DefaultValue("1s") @DurationMin(millis = 1) Duration poll,
            @DefaultValue @Valid Retry retry,
            @DefaultValue("7d") @DurationMin(millis = 1) Duration retention) {

        public Outbox {
            if (lease.compareTo(sendTimeout) <= 0) {
                throw new IllegalArgumentException(
                        "parley.notifications.outbox.lease must be longer than outbox.send-timeout");
            }
        }
    }

    /// Waits double from the first to the most, each with jitter.
    public record Retry(
            @DefaultValue("1s") @DurationMin(millis = 1) Duration first,
            @DefaultValue("5m") @DurationMin(millis = 1) Duration most) {}

    /// Apple's push service; off without a key file.
    ///
    /// @param keyFile the `.p8` signing key of the team, PKCS #8 in PEM
    /// @param keyId the key's ten characters
    /// @param teamId the team's ten characters
    /// @param topic the app's bundle id, for devices that register none of their own
    /// @param trustedCa certificates in PEM to trust instead of the system's
    /// @param connections HTTP/2 connections kept to the service
    public record Apns(
            @DefaultValue("api.push.apple.com") String host,
            @DefaultValue("443") @Positive @Max(65_535) int port,
            @Nullable Path keyFile,
            @Nullable String keyId,
            @Nullable String teamId,
            @Nullable String topic,
            @Nullable Path trustedCa,
            @DefaultValue("2") @Positive int connections) {}

    /// Firebase Cloud Messaging; off without a service account.
    ///
    /// @param serviceAccountFile the JSON that Google gives out for a service account
    /// @param endpoint scheme, host and port instead of `https://fcm.googleapis.com`
    public record Fcm(
            @Nullable Path serviceAccountFile, @Nullable URI endpoint) {}
}
