@NullMarked
package dev.parley.axonserver.storage;

import org.jspecify.annotations.NullMarked;
