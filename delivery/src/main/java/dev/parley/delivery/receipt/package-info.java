/// How far members have received and read: collected on each node, and marked by few commands.
@NullMarked
package dev.parley.delivery.receipt;

import org.jspecify.annotations.NullMarked;
