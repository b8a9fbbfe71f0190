/// Analysts' view of all messages. Each look is a fact before anything is shown; what was deleted is
/// never shown.
@NullMarked
package dev.parley.query.archive;

import org.jspecify.annotations.NullMarked;
