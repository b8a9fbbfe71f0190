package dev.parley.query;

import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param signingKey a file with the Ed25519 key that signs checkpoints, PKCS#8 in PEM. The app names one in its data
///     folder, and makes it, where nothing else is named; without any, nothing starts
/// @param checkpointEvery no fact waits longer for a checkpoint that covers it
public record AuditProperties(
        @Nullable Path signingKey,

        @DefaultValue("60s") @DurationMin(millis = 100) @DurationMax(hours = 1)
        Duration checkpointEvery) {}
