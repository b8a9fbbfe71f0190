/// Who may see which stretch of which conversation.
@NullMarked
package dev.parley.delivery.membership;

import org.jspecify.annotations.NullMarked;
