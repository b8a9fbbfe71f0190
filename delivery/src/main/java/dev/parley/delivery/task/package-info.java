/// Work that has a thread only while there is some.
@NullMarked
package dev.parley.delivery.task;

import org.jspecify.annotations.NullMarked;
