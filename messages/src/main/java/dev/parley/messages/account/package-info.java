/// Commands to and facts about accounts.
@NullMarked
package dev.parley.messages.account;

import org.jspecify.annotations.NullMarked;
