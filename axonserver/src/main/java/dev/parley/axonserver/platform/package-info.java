/// The PlatformService: connections, heartbeats, and what clients tell about their processors.
@NullMarked
package dev.parley.axonserver.platform;

import org.jspecify.annotations.NullMarked;
