/// Questions one role asks another over the query bus, and their answers.
@NullMarked
package dev.parley.messages.query;

import org.jspecify.annotations.NullMarked;
