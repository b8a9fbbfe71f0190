/// How facts are written down: stable names and JSON.
@NullMarked
package dev.parley.messages.serialization;

import org.jspecify.annotations.NullMarked;
