/// Ids that follow from what they name.
@NullMarked
package dev.parley.command.identity;

import org.jspecify.annotations.NullMarked;
