/// What analysts do in the archive: each look at it, stored before anything is shown, and the searches
/// they keep.
@NullMarked
package dev.parley.command.archiving;

import org.jspecify.annotations.NullMarked;
