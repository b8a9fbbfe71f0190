/// The query language of Axon Server, from text to a tree; see the appendix "Axon Server Query Language" of its
/// reference guide.
@NullMarked
package dev.parley.axonserver.eventquery.language;

import org.jspecify.annotations.NullMarked;
