/// What every service of the node shares: error codes on the wire, contexts, flow-controlled senders.
@NullMarked
package dev.parley.axonserver.protocol;

import org.jspecify.annotations.NullMarked;
