/// Sessions: who is logged in, from when to when.
@NullMarked
package dev.parley.messages.session;

import org.jspecify.annotations.NullMarked;
