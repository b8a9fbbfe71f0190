package dev.parley.command.archive;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;

/// One line of an archive in a request.
///
/// @param message the id the importer gave it, a UUID of version 7; they rise from line to line
/// @param sender the account of the nick
/// @param line in the file, from 1
/// @param at when it was said
record Line(
        @NotNull String message,
        @NotNull String sender,
        @NotNull String body,
        @Min(1) long line,
        @NotNull Instant at) {}
