/// What every part of Parley says to the others: ids, rejections and the root of all facts.
@NullMarked
package dev.parley.messages;

import org.jspecify.annotations.NullMarked;
