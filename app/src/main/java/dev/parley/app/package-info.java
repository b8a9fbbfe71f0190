/// The runnable assembly of all roles.
@NullMarked
package dev.parley.app;

import org.jspecify.annotations.NullMarked;
