/// A client of `parley.v1` (docs/asyncapi.yaml): it reconnects, resumes where it was, and sends again what was not
/// answered.
@NullMarked
package dev.parley.client;

import org.jspecify.annotations.NullMarked;
