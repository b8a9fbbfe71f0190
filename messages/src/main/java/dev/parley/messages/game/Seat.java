package dev.parley.messages.game;

/// A side of a game.
public enum Seat {
    WHITE,
    BLACK
}
