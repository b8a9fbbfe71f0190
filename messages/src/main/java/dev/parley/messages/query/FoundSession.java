package dev.parley.messages.query;

import org.jspecify.annotations.Nullable;

/// @param session null where the token is unknown, ended or expired
public record FoundSession(@Nullable Session session) {}
