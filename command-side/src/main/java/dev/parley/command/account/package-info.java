/// Accounts: who holds a name, with what password, and what roles.
@NullMarked
package dev.parley.command.account;

import org.jspecify.annotations.NullMarked;
