package dev.parley.verify;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads an export line by line. A line may have any length: of each, the beginning alone is kept.
final class Export implements AutoCloseable {

    private static final int KEPT = 1_024;
    private static final Pattern POSITION = Pattern.compile("^\\{\"position\":(\\d{1,18}),");
    private static final Pattern ID = Pattern.compile(",\"id\":\"([^\"\\\\]{1,255})\"");
    /// How far the server looked, and how the export ended: no events.
    private static final Pattern ASIDE = Pattern.compile("^\\{\"(progress|end)\":");

    private static final String COMPLETE = "{\"end\":\"complete\"";

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int from;
    private int to;
    private long number;
    private boolean cut;

    Export(InputStream in) {
        this.in = in;
    }

    /// @return the next event's line, nothing at the end
    Optional<Line> next() throws IOException {
        while (available()) {
            MessageDigest digest = Sha256.digest();
            String beginning = read(digest);
            number++;
            if (!ASIDE.matcher(beginning).find()) {
                return Optional.of(line(HexFormat.of().formatHex(digest.digest()), beginning));
            }
            cut = !beginning.startsWith(COMPLETE);
        }
        return Optional.empty();
    }

    /// Whether the export says of itself that it is not complete.
    boolean isCut() {
        return cut;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /// Reads a line into the digest, and its line feed.
    ///
    /// @return how it begins
    private String read(MessageDigest digest) throws IOException {
        StringBuilder beginning = new StringBuilder();
        boolean more = true;
        while (more && available()) {
            int end = lineFeed();
            digest.update(buffer, from, end - from);
            int kept = Math.clamp(end - from, 0, KEPT - beginning.length());
            beginning.append(new String(buffer, from, kept, StandardCharsets.ISO_8859_1));
            more = end == to;
            from = more ? end : end + 1;
        }
        return beginning.toString();
    }

    private Line line(String digest, String beginning) {
        Matcher position = POSITION.matcher(beginning);
        Matcher id = ID.matcher(beginning);
        return new Line(
                number,
                digest,
                position.find() ? Long.parseLong(position.group(1)) : Line.NONE,
                id.find() ? id.group(1) : "?");
    }

    private boolean available() throws IOException {
        if (from == to) {
            from = 0;
            to = Math.max(0, in.read(buffer));
        }
        return from < to;
    }

    private int lineFeed() {
        int end = from;
        while (end < to && buffer[end] != '\n') {
            end++;
        }
        return end;
    }
}
