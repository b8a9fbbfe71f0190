/// What analysts do in the archive of all messages: every look at it is a fact, and so is what they
/// keep to look again.
@NullMarked
package dev.parley.messages.archive;

import org.jspecify.annotations.NullMarked;
