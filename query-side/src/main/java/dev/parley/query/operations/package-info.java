/// What operators see of projections, and what they can do with them.
@NullMarked
package dev.parley.query.operations;

import org.jspecify.annotations.NullMarked;
