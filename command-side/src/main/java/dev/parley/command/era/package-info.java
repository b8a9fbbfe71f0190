/// The time from one clearing of the application to the next: what was before is over.
@NullMarked
package dev.parley.command.era;

import org.jspecify.annotations.NullMarked;
