/// How far the projections are, and reads that wait for them.
@NullMarked
package dev.parley.query.progress;

import org.jspecify.annotations.NullMarked;
