/// The frames and close codes of `parley.v1`.
@NullMarked
package dev.parley.delivery.frames;

import org.jspecify.annotations.NullMarked;
