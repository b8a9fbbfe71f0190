/// Which messages were deleted, so that what they said is shown to no device again.
@NullMarked
package dev.parley.delivery.deletion;

import org.jspecify.annotations.NullMarked;
