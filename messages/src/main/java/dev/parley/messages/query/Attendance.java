package dev.parley.messages.query;

import dev.parley.messages.AccountId;
import java.util.List;

/// The live sockets one gateway node holds.
public record Attendance(List<Present> present) {

    /// @param device as the client named it in `hello`
    /// @param acked the last position the device acknowledged, -1 for none
    public record Present(AccountId account, String device, long acked) {}
}
