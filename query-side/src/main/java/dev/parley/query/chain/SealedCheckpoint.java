package dev.parley.query.chain;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A checkpoint as auditors get it; digests are in hexadecimal, the signature in Base64 (RFC 4648, section 4).
///
/// @param leaves the digests of the lines since the previous checkpoint, where they were asked for
@JsonInclude(JsonInclude.Include.NON_NULL)
record SealedCheckpoint(
        long position,
        long previousPosition,
        long count,
        String at,
        String previous,
        String hash,
        String key,
        String signature,
        @Nullable List<Run> leaves) {

    /// Digests of facts with consecutive positions.
    ///
    /// @param first the position of the first one
    /// @param digests 64 hexadecimal digits each, one behind the other
    record Run(long first, String digests) {}

    /// @param links null to leave them out
    static SealedCheckpoint of(Checkpoint checkpoint, byte[] signature, @Nullable List<Link> links) {
        HexFormat hex = HexFormat.of();
        return new SealedCheckpoint(
                checkpoint.position(),
                checkpoint.previousPosition(),
                checkpoint.count(),
                checkpoint.at().toString(),
                hex.formatHex(checkpoint.previous()),
                hex.formatHex(checkpoint.hash()),
                checkpoint.key(),
                Base64.getEncoder().encodeToString(signature),
                links == null ? null : runs(links));
    }

    private static List<Run> runs(List<Link> links) {
        HexFormat hex = HexFormat.of();
        List<Run> runs = new ArrayList<>();
        StringBuilder digests = new StringBuilder();
        for (int i = 0, first = 0; i < links.size(); i++) {
            digests.append(hex.formatHex(links.get(i).leaf()));
            boolean ends = i + 1 == links.size()
                    || links.get(i + 1).position() != links.get(i).position() + 1;
            if (ends) {
                runs.add(new Run(links.get(first).position(), digests.toString()));
                digests.setLength(0);
                first = i + 1;
            }
        }
        return runs;
    }
}
