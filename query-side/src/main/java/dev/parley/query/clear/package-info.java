/// What projections know about the application having been cleared.
@NullMarked
package dev.parley.query.clear;

import org.jspecify.annotations.NullMarked;
