/// Projections of the stored facts and the endpoints that read them.
@NullMarked
package dev.parley.query;

import org.jspecify.annotations.NullMarked;
