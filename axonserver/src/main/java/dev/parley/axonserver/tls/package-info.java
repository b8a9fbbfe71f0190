/// Encryption of gRPC and HTTP, with certificates from files.
@NullMarked
package dev.parley.axonserver.tls;

import org.jspecify.annotations.NullMarked;
