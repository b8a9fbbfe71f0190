package dev.parley.app.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.app.archive.ArchiveLine.Flaw;
import dev.parley.app.archive.ArchiveLine.Malformed;
import dev.parley.app.archive.ArchiveLine.Message;
import dev.parley.messages.MessageId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchiveFileTest {

    private static final String TIME = "2004-11-15T01:00:00Z";
    private static final long MINUTE = Instant.parse(TIME).toEpochMilli();

    @TempDir
    Path folder;

    @Test
    void lineIsTimeNickAndText() throws IOException {
        assertThat(read(TIME + "\tTriss\tgrüße, 世界 🧗\n")).singleElement().satisfies(line -> {
            Message message = (Message) line;
            assertThat(message.line()).isEqualTo(1);
            assertThat(message.at()).isEqualTo(Instant.parse(TIME));
            assertThat(message.nick()).isEqualTo("Triss");
            assertThat(message.text()).isEqualTo("grüße, 世界 🧗");
        });
    }

    @Test
    void zippedFileReadsLikeThePlainOne() throws IOException {
        String text = (TIME + "\tTriss\thello\n").repeat(3_000);
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(zipped)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(read(zipped.toByteArray())).isEqualTo(read(text)).hasSize(3_000);
    }

    @Test
    void endingsAndMarkAndSpaceAroundTheNickAreNoPartOfAMessage() throws IOException {
        List<ArchiveLine> lines = read("\uFEFF" + TIME + "\t Drac[Server] \thello\r\n" + TIME + "\tTriss\tno end");
        assertThat(lines)
                .extracting(line -> ((Message) line).nick() + ": " + ((Message) line).text())
                .containsExactly("Drac[Server]: hello", "Triss: no end");
    }

    @ParameterizedTest
    @CsvSource({
        "'', NOT_THREE_FIELDS",
        "hello, NOT_THREE_FIELDS",
        "TIME|Triss, NOT_THREE_FIELDS",
        "TIME|Triss|a|b, NOT_THREE_FIELDS",
        "yesterday|Triss|hello, BAD_TIME",
        "2004-11-15 01:00|Triss|hello, BAD_TIME",
        "1969-12-31T23:59:00Z|Triss|hello, BAD_TIME",
        "9999-12-31T23:59:00Z|Triss|hello, BAD_TIME",
        "TIME||hello, EMPTY_NICK",
        "TIME|' '|hello, EMPTY_NICK",
        "TIME|Triss|, BLANK_TEXT",
        "TIME|Triss|' ', BLANK_TEXT",
        "TIME|Triss|a\0b, HOLDS_NUL",
    })
    void malformedLineIsToldAndTheNextOneIsRead(String line, Flaw flaw) throws IOException {
        String fields = line.replace("' '", " ").replace("TIME", TIME).replace('|', '\t');
        List<ArchiveLine> lines = read(fields + "\n" + TIME + "\tTriss\thello\n");
        assertThat(lines).first().isEqualTo(new Malformed(1, flaw));
        assertThat(lines)
                .last()
                .isInstanceOf(Message.class)
                .extracting(ArchiveLine::line)
                .isEqualTo(2L);
    }

    @Test
    void invalidUtf8IsMalformed() throws IOException {
        byte[] latin1 = (TIME + "\tTriss\tgr\u00fc\u00dfe\n").getBytes(StandardCharsets.ISO_8859_1);
        assertThat(read(latin1)).containsExactly(new Malformed(1, Flaw.NOT_UTF_8));
    }

    @Test
    void textOf16KiBIsTheLongest() throws IOException {
        String longest = "ü".repeat(8 * 1024);
        List<ArchiveLine> lines = read(TIME + "\tTriss\t" + longest + "\n" + TIME + "\tTriss\t" + longest + ".\n" + TIME
                + "\tTriss\t" + "x".repeat(1_000_000) + "\n" + TIME + "\tTriss\tafter\n");
        assertThat(lines).first().isInstanceOf(Message.class);
        assertThat(lines.subList(1, 3))
                .containsExactly(new Malformed(2, Flaw.TOO_LONG_A_TEXT), new Malformed(3, Flaw.TOO_LONG_A_LINE));
        assertThat(((Message) lines.getLast()).text()).isEqualTo("after");
    }

    @Test
    void nickOf64CharactersIsTheLongest() throws IOException {
        String longest = "🧗".repeat(32);
        List<ArchiveLine> lines = read(TIME + "\t" + longest + "\thello\n" + TIME + "\t" + longest + "x\thello\n");
        assertThat(lines).first().isInstanceOf(Message.class);
        assertThat(lines).last().isEqualTo(new Malformed(2, Flaw.TOO_LONG_A_NICK));
    }

    @Test
    void idsOfAMinuteCountUpFromIt() throws IOException {
        List<MessageId> ids = ids(read((TIME + "\tTriss\thello\n").repeat(5)));
        assertThat(ids)
                .extracting(MessageId::unixMillis)
                .containsExactly(MINUTE, MINUTE + 1, MINUTE + 2, MINUTE + 3, MINUTE + 4);
    }

    @Test
    void idsRiseThoughTheTimeGoesBackwards() throws IOException {
        List<ArchiveLine> lines = read(TIME + "\tTriss\thello\n2004-11-15T00:30:00Z\tTriss\tearlier\n" + TIME
                + "\tTriss\tback\n2004-11-15T01:01:00Z\tTriss\tlater\n");
        assertThat(ids(lines))
                .extracting(MessageId::unixMillis)
                .containsExactly(MINUTE, MINUTE + 1, MINUTE + 2, MINUTE + 60_000);
        assertThat(((Message) lines.get(1)).at()).isEqualTo("2004-11-15T00:30:00Z");
    }

    @Test
    void everyReadingMakesTheSameIdsAndEveryArchiveItsOwn() throws IOException {
        Path file = folder.resolve("archive");
        Files.writeString(file, (TIME + "\tTriss\thello\n").repeat(100));
        List<MessageId> ids = ids(read(file, "one"));
        assertThat(ids).doesNotHaveDuplicates().isEqualTo(ids(read(file, "one")));
        assertThat(ids).doesNotContainAnyElementsOf(ids(read(file, "other")));
    }

    private List<ArchiveLine> read(String text) throws IOException {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<ArchiveLine> read(byte[] bytes) throws IOException {
        return read(Files.write(folder.resolve("archive"), bytes), "irc");
    }

    private static List<ArchiveLine> read(Path file, String archive) throws IOException {
        List<ArchiveLine> lines = new ArrayList<>();
        try (ArchiveFile reader = ArchiveFile.open(file, archive)) {
            for (ArchiveLine line = reader.next(); line != null; line = reader.next()) {
                lines.add(line);
            }
        }
        return lines;
    }

    private static List<MessageId> ids(List<ArchiveLine> lines) {
        return lines.stream().map(line -> ((Message) line).id()).toList();
    }
}
