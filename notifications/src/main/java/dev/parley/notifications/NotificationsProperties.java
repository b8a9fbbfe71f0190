package dev.parley.notifications;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
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

/// Settings under `parley.notifications`. Credentials are in none of their texts.
///
/// @param expiry after this time from being sent, a message is not worth a ring: it adds no row, and a
///     row gives up
/// @param lateAfter how long a live socket may leave a message unacknowledged
/// @param mentionsBreakMute for accounts that never said
/// @param credentialsPoll how often files with credentials are looked at for changes
/// @param devicesPerAccount registering one more forgets the device that was registered longest ago
@Validated
@ConfigurationProperties("parley.notifications")
public record NotificationsProperties(
        @DefaultValue("4h") @DurationMin(millis = 1) Duration expiry,
        @DefaultValue("10s") @DurationMin(millis = 1) Duration lateAfter,
        @DefaultValue("true") boolean mentionsBreakMute,
        @DefaultValue("20") @Positive int devicesPerAccount,
        @DefaultValue @Valid Outbox outbox,
        @DefaultValue @Valid Alarm alarm,
        @DefaultValue @Valid Breaker breaker,
        @DefaultValue("30s") @DurationMin(millis = 1) Duration credentialsPoll,
        @DefaultValue @Valid Apns apns,
        @DefaultValue @Valid Fcm fcm) {

    /// How the outbox is worked off.
    ///
    /// @param inFlight most pushes under way at a time on this node: at 100 ms a push, 1,000 make
    ///     10,000 a second
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

    /// When an operator is to be told.
    ///
    /// @param every how often it is looked at
    /// @param oldestDue the longest that a push may wait; those without credentials do not count
    /// @param failureShare of the attempts on a platform within the window, from 0 to 1
    /// @param window over which attempts are counted
    /// @param fewest attempts in the window below which their share says nothing
    public record Alarm(
            @DefaultValue("10s") @DurationMin(millis = 1) Duration every,
            @DefaultValue("2m") @DurationMin(millis = 1) Duration oldestDue,

            @DefaultValue("0.2") @DecimalMin("0") @DecimalMax("1")
            double failureShare,

            @DefaultValue("5m") @DurationMin(millis = 1) Duration window,
            @DefaultValue("20") @Positive int fewest) {}

    /// When a push service is left alone for a while, so that it can recover and nobody waits for it in
    /// vain.
    ///
    /// @param failureShare of the last calls that failed because of the service, from 0 to 1, above
    ///     which it is left
    /// @param calls that share is of
    /// @param open how long it is left alone; longer where it asks for that itself
    /// @param probes calls that are let through then, to see whether it is back
    public record Breaker(
            @DefaultValue("0.5") @DecimalMin("0.01") @DecimalMax("1")
            double failureShare,

            @DefaultValue("50") @Positive int calls,
            @DefaultValue("5s") @DurationMin(millis = 1) Duration open,
            @DefaultValue("5") @Positive int probes) {}

    /// Apple's push service; off without a signing key or a certificate. Files are read again when they
    /// change.
    ///
    /// @param sandboxHost for tokens of apps that are run from Xcode
    /// @param keyFile the `.p8` signing key of the team, PKCS #8 in PEM
    /// @param key what is in that file, instead of it: from an environment variable
    /// @param keyId the key's ten characters
    /// @param teamId the team's ten characters
    /// @param certificateFile a certificate with its key, PKCS #12, instead of a signing key
    /// @param certificatePassword of that file
    /// @param topic the app's bundle id, for devices that register none of their own
    /// @param trustedCa certificates in PEM to trust instead of the system's
    /// @param connections HTTP/2 connections kept to the service
    public record Apns(
            @DefaultValue("api.push.apple.com") String host,
            @DefaultValue("443") @Positive @Max(65_535) int port,
            @DefaultValue("api.sandbox.push.apple.com") String sandboxHost,
            @DefaultValue("443") @Positive @Max(65_535) int sandboxPort,
            @Nullable Path keyFile,
            @Nullable String key,
            @Nullable String keyId,
            @Nullable String teamId,
            @Nullable Path certificateFile,
            @Nullable String certificatePassword,
            @Nullable String topic,
            @Nullable Path trustedCa,
            @DefaultValue("2") @Positive int connections) {

        @Override
        public String toString() {
            return "Apns[" + host + ":" + port + ", credentials=***]";
        }
    }

    /// Firebase Cloud Messaging; off without a service account. The file is read again when it changes.
    ///
    /// @param serviceAccountFile the JSON that Google gives out for a service account
    /// @param serviceAccount what is in that file, instead of it: from an environment variable
    /// @param endpoint scheme, host and port instead of `https://fcm.googleapis.com`
    public record Fcm(
            @Nullable Path serviceAccountFile,
            @Nullable String serviceAccount,
            @Nullable URI endpoint) {

        @Override
        public String toString() {
            return "Fcm[endpoint=" + endpoint + ", credentials=***]";
        }
    }
}
