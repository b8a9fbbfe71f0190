/// The live end of the event store as this process sees it: one reader, any number of followers, and a barrier for
/// reads that must see every write before them.
@NullMarked
package dev.parley.tail;

import org.jspecify.annotations.NullMarked;
