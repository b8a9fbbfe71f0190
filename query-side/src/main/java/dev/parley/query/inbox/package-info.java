/// Accounts, conversations and memberships in PostgreSQL, and the endpoints that list them.
@NullMarked
package dev.parley.query.inbox;

import org.jspecify.annotations.NullMarked;
