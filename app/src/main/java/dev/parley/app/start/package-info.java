/// What a person sees while Parley starts, and why it did not.
@NullMarked
package dev.parley.app.start;

import org.jspecify.annotations.NullMarked;
