package dev.parley.app.demo;

import java.util.List;

/// Who the demo accounts are and what they say.
final class DemoScript {

    static final String PASSWORD = "parley-demo";
    static final String TITLE = "Climbing on Saturday";

    record Person(String username, String displayName) {}

    record Line(String username, String body) {}

    /// The first of them starts the conversation.
    static final List<Person> PEOPLE =
            List.of(new Person("alice", "Alice"), new Person("bob", "Bob"), new Person("carol", "Carol"));

    static final List<Line> LINES = List.of(
            new Line("alice", "Morning! Who is in for climbing on Saturday? 🧗"),
            new Line("bob", "Me! The hall by the river opens at ten."),
            new Line("carol", "Доброе утро! I'm in, but I have to leave by two."),
            new Line("alice", "Ten it is. Bob, can you bring the spare shoes?"),
            new Line("bob", "Sure. Size 39 or 41?"),
            new Line("alice", "41, bitte. Die 39er waren letztes Mal viel zu klein 😅"),
            new Line("carol", "Lunch afterwards? There is a new noodle place two streets on: 麺屋いろは"),
            new Line("bob", "いいね！ Do they have something without pork?"),
            new Line("carol", "Three vegetarian bowls. מאוד טעים שם, I was there last week 🍜"),
            new Line("alice", "Perfect, I'll book a table for one o'clock."),
            new Line("bob", "See you both on Saturday 👋"));

    private DemoScript() {}
}
