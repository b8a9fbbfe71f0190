package dev.parley.app.archive;

import dev.parley.app.archive.ArchiveLine.Flaw;
import dev.parley.app.archive.ArchiveLine.Malformed;
import dev.parley.app.archive.ArchiveLine.Message;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// Reads an archive line by line, in memory that does not grow with the file. Not thread-safe.
///
/// ```
/// 2004-11-15T01:00:00Z <TAB> nick <TAB> text <LF>      UTF-8, plain or gzip (told by its first bytes)
/// ```
final class ArchiveFile implements AutoCloseable {

    /// Of a message's text, in bytes of UTF-8.
    static final int TEXT_LIMIT = 16 * 1024;
    /// Of a nick, in UTF-16 units.
    static final int NICK_LIMIT = 64;

    private static final int GZIP_MAGIC = 0x1f8b;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final InputStream in;
    private final RawLines lines;
    private final RisingIds ids;
    /// A time beyond now is a slip; the ids after it would have to be beyond it too, and the server takes no such ids.
    private final Instant latest = Instant.now();
    private long number;

    private ArchiveFile(InputStream in, String archive) {
        this.in = in;
        this.lines = new RawLines(in);
        this.ids = new RisingIds(archive);
    }

    /// @param archive the name that goes into the ids
    static ArchiveFile open(Path file, String archive) throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(file), 64 * 1024);
        try {
            raw.mark(2);
            boolean zipped = ((raw.read() << 8) | raw.read()) == GZIP_MAGIC;
            raw.reset();
            return new ArchiveFile(zipped ? new GZIPInputStream(raw, 64 * 1024) : raw, archive);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    /// @return null at the end of the file
    @Nullable
    ArchiveLine next() throws IOException {
        byte[] bytes = lines.next();
        if (bytes == null) {
            return null;
        }
        number++;
        if (lines.wasCut()) {
            return malformed(Flaw.TOO_LONG_A_LINE);
        }
        String line;
        try {
            line = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return malformed(Flaw.NOT_UTF_8);
        }
        return parsed(number == 1 && line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line);
    }

    private ArchiveLine parsed(String line) {
        if (line.indexOf('\0') >= 0) {
            return malformed(Flaw.HOLDS_NUL);
        }
        String[] fields = line.split("\t", -1);
        if (fields.length != 3) {
            return malformed(Flaw.NOT_THREE_FIELDS);
        }
        Instant at = time(fields[0]);
        String nick = fields[1].strip();
        String text = fields[2];
        if (at == null) {
            return malformed(Flaw.BAD_TIME);
        } else if (nick.isEmpty()) {
            return malformed(Flaw.EMPTY_NICK);
        } else if (nick.length() > NICK_LIMIT) {
            return malformed(Flaw.TOO_LONG_A_NICK);
        } else if (text.isBlank()) {
            return malformed(Flaw.BLANK_TEXT);
        } else if (text.getBytes(StandardCharsets.UTF_8).length > TEXT_LIMIT) {
            return malformed(Flaw.TOO_LONG_A_TEXT);
        }
        return new Message(number, ids.next(number, at), at, nick, text);
    }

    private Malformed malformed(Flaw flaw) {
        return new Malformed(number, flaw);
    }

    private @Nullable Instant time(String text) {
        try {
            Instant at = Instant.parse(text).truncatedTo(ChronoUnit.MILLIS);
            return at.isBefore(Instant.EPOCH) || at.isAfter(latest) ? null : at;
        } catch (DateTimeException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
