/// Commands to and facts about conversations.
@NullMarked
package dev.parley.messages.conversation;

import org.jspecify.annotations.NullMarked;
