/// The durable outbox: rows, leases and the worker that sends them.
@NullMarked
package dev.parley.notifications.outbox;

import org.jspecify.annotations.NullMarked;
