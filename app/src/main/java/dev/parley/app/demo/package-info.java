/// What `parley.demo` puts in for a newcomer to look at.
@NullMarked
package dev.parley.app.demo;

import org.jspecify.annotations.NullMarked;
