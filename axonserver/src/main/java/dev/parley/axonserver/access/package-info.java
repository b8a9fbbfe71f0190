/// Who may use the node: access tokens of applications.
@NullMarked
package dev.parley.axonserver.access;

import org.jspecify.annotations.NullMarked;
