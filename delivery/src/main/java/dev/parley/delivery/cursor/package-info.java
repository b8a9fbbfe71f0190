/// How far each device has acknowledged, kept across restarts.
@NullMarked
package dev.parley.delivery.cursor;

import org.jspecify.annotations.NullMarked;
