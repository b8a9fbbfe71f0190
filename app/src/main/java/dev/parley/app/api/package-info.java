/// The description of the HTTP interface for client authors.
@NullMarked
package dev.parley.app.api;

import org.jspecify.annotations.NullMarked;
