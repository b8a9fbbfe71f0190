/// What an account wants to be rung for.
@NullMarked
package dev.parley.notifications.preference;

import org.jspecify.annotations.NullMarked;
