/// Tests of the node through Axon's connector, over loopback, on a real PostgreSQL.
@NullMarked
package dev.parley.axonserver;

import org.jspecify.annotations.NullMarked;
