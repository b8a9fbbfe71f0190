package dev.parley.messages;

import java.time.Instant;

/// Something that happened and is kept for ever: the root of all stored events.
///
/// Every fact has a [StoredName] and an Axon `@Revision`, which outlive its class, and a golden JSON file that a test
/// holds it to. Each family of facts is sealed, and readers `switch` over it, so that a new fact does not compile until
/// each reader has decided. (The root cannot be sealed across packages outside a Java module; `FactNames` lists them.)
public interface Fact {

    /// When it happened, to the millisecond; for an imported message, when it was first said.
    Instant at();
}
