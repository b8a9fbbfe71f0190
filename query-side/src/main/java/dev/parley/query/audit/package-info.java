/// The event store itself, as auditors read it.
@NullMarked
package dev.parley.query.audit;

import org.jspecify.annotations.NullMarked;
