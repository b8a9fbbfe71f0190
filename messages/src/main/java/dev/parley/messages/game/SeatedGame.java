package dev.parley.messages.game;

import dev.parley.messages.ConversationId;
import dev.parley.messages.GameId;

/// The answer to `TakeSeat`: what seating the player in the game's conversation needs.
public record SeatedGame(GameId game, String name, ConversationId conversation) {}
