/// What a member of a conversation does for itself: how far it has received and read, and whether it wants to be told.
@NullMarked
package dev.parley.command.member;

import org.jspecify.annotations.NullMarked;
