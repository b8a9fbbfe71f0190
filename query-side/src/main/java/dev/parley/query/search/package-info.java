/// Finding messages by their words.
@NullMarked
package dev.parley.query.search;

import org.jspecify.annotations.NullMarked;
