/// The command line client that takes a chat archive over into one conversation of a running Parley.
@NullMarked
package dev.parley.app.archive;

import org.jspecify.annotations.NullMarked;
