/// The application as a whole: it can be cleared.
@NullMarked
package dev.parley.command.application;

import org.jspecify.annotations.NullMarked;
