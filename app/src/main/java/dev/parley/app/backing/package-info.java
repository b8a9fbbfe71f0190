/// The servers Parley stands on: embedded ones where none is named, a check of those that are.
@NullMarked
package dev.parley.app.backing;

import org.jspecify.annotations.NullMarked;
