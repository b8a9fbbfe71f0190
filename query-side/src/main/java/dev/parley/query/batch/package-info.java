/// One write for each batch of a processor instead of one for each fact.
@NullMarked
package dev.parley.query.batch;

import org.jspecify.annotations.NullMarked;
