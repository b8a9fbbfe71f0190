/// The application as a whole.
@NullMarked
package dev.parley.messages.application;

import org.jspecify.annotations.NullMarked;
