/// Registering, logging in and out, and whose token it is.
@NullMarked
package dev.parley.command.session;

import org.jspecify.annotations.NullMarked;
