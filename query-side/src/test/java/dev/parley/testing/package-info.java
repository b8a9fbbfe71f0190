/// What the tests of query-side share.
@NullMarked
package dev.parley.testing;

import org.jspecify.annotations.NullMarked;
