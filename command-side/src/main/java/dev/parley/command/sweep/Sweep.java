package dev.parley.command.sweep;

/// Looks for what was left undone and does it. Every bean of this type is run by [SweepTimer], on each node: many may
/// run at once, and what fails is tried again at the next run.
public interface Sweep {

    /// What is swept, for the log: a few words.
    String name();

    /// @return how much was left undone and is done now
    /// @throws RuntimeException if it cannot go on; the rest waits for the next run
    long sweep();
}
