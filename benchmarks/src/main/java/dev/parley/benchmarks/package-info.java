/// Load generators against a running Parley. They measure; they assert nothing about speed.
@NullMarked
package dev.parley.benchmarks;

import org.jspecify.annotations.NullMarked;
