package dev.parley.command.application;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The configuration under `parley.clear`.
///
/// @param enabled whether anybody who can reach the server may clear the application
@ConfigurationProperties("parley.clear")
record ClearProperties(@DefaultValue("false") boolean enabled) {}
