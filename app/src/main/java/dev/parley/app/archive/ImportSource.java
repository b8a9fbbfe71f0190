package dev.parley.app.archive;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What is imported.
///
/// @param archive names the import on the server: the same name continues it
/// @param title of the conversation
/// @param report where every malformed line's number goes
record ImportSource(
        Path file, String archive, String title, @Nullable Path report) {}
