/// What the integration tests share.
@NullMarked
package dev.parley.testing;

import org.jspecify.annotations.NullMarked;
