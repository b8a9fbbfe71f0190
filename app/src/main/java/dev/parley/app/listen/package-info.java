/// The client of `bin/listen`: a device that prints what it receives.
@NullMarked
package dev.parley.app.listen;

import org.jspecify.annotations.NullMarked;
