package dev.parley.app.role;

/// A part of the system that a process can run. All of them share one process by default; a cluster spreads them.
public enum NodeRole {
    AXONSERVER,
    COMMAND_SIDE,
    QUERY_SIDE,
    DELIVERY,
    NOTIFICATIONS
}
