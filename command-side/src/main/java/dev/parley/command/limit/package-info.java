/// How often somebody may guess and write: buckets of tokens in memory, bounded, each node its own.
@NullMarked
package dev.parley.command.limit;

import org.jspecify.annotations.NullMarked;
