package dev.parley.tail;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// The configuration under `parley.tail`.
///
/// @param patience how long a read waits to be as new as the store before it is refused as unavailable
@Validated
@ConfigurationProperties("parley.tail")
record TailProperties(@DefaultValue("2s") @NotNull Duration patience) {}
