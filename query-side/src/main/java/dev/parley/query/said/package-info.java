/// What was ever said, superseded and deleted text too, to be searched by auditors.
@NullMarked
package dev.parley.query.said;

import org.jspecify.annotations.NullMarked;
