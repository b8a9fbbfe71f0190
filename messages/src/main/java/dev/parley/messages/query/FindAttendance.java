package dev.parley.messages.query;

import dev.parley.messages.AccountId;
import java.util.Set;

/// Which devices of these accounts hold a live socket? Scattered to every gateway node; each answers with the
/// [Attendance] of its own sockets.
///
/// @param accounts at most 1,000
public record FindAttendance(Set<AccountId> accounts) {}
