/// Taking over archives of other chats: nicks become accounts, lines become messages.
@NullMarked
package dev.parley.command.archive;

import org.jspecify.annotations.NullMarked;
