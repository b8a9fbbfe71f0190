/// Building a projection anew beside the one that is read, comparing it with the log, and putting it in its place.
@NullMarked
package dev.parley.query.rebuild;

import org.jspecify.annotations.NullMarked;
