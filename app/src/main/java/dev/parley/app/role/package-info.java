/// Which parts of Parley this process runs.
@NullMarked
package dev.parley.app.role;

import org.jspecify.annotations.NullMarked;
