/// Tells whether an export of the event store is what the store's signed checkpoints say. Written apart from the code
/// that makes them, from `docs/audit.md`, and with nothing but the JDK: `bin/verify` runs it from these sources.
@NullMarked
package dev.parley.verify;

import org.jspecify.annotations.NullMarked;
