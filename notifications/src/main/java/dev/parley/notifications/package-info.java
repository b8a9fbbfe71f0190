/// Push notifications: who is owed one, and getting it out.
@NullMarked
package dev.parley.notifications;

import org.jspecify.annotations.NullMarked;
