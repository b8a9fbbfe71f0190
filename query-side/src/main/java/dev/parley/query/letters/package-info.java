/// Dead letters: facts that a projection cannot project, kept until an operator has them tried again or drops them.
@NullMarked
package dev.parley.query.letters;

import org.jspecify.annotations.NullMarked;
