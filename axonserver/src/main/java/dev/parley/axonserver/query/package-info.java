/// The QueryService: point to point, scatter-gather, streaming and subscription queries.
@NullMarked
package dev.parley.axonserver.query;

import org.jspecify.annotations.NullMarked;
