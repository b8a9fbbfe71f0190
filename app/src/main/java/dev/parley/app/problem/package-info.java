/// Refusals and faults as problem JSON (RFC 9457).
@NullMarked
package dev.parley.app.problem;

import org.jspecify.annotations.NullMarked;
