/// Who calls: tokens to accounts and roles.
@NullMarked
package dev.parley.app.security;

import org.jspecify.annotations.NullMarked;
