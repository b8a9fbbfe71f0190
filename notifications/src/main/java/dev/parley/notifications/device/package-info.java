/// The devices that can be pushed to, and their tokens.
@NullMarked
package dev.parley.notifications.device;

import org.jspecify.annotations.NullMarked;
