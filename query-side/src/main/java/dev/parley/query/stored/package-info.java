/// The event store, read as it is: without a processor, and for those who need it, without upcasters.
@NullMarked
package dev.parley.query.stored;

import org.jspecify.annotations.NullMarked;
