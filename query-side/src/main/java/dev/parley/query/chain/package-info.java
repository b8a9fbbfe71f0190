/// Tamper evidence: a chain of digests over all facts in the order of the store, with signed checkpoints.
@NullMarked
package dev.parley.query.chain;

import org.jspecify.annotations.NullMarked;
