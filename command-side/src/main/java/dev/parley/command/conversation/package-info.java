/// Conversations: who is in them, what is said in them, and what of it is refused.
@NullMarked
package dev.parley.command.conversation;

import org.jspecify.annotations.NullMarked;
