package dev.parley.app.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.app.archive.ImportOptions.UsageException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportOptionsTest {

    @TempDir
    Path folder;

    private String file = "";

    @BeforeEach
    void writeFiles() throws IOException {
        file = Files.writeString(folder.resolve("ubuntu-irc.tsv.gz"), "").toString();
        Files.writeString(folder.resolve("admin-password"), "from the data folder\n");
        Files.writeString(folder.resolve("other"), "from a file\n");
    }

    @Test
    void fileIsAllItTakes() {
        ImportOptions options = parse(Map.of(), file, "--data", folder.toString());
        assertThat(options.source().archive()).isEqualTo("ubuntu-irc");
        assertThat(options.source().title()).isEqualTo("ubuntu-irc");
        assertThat(options.target())
                .isEqualTo(new ImportTarget(URI.create("http://127.0.0.1:8080"), "admin", "from the data folder"));
        assertThat(options.patience().limit()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void everythingCanBeNamed() {
        ImportOptions options = parse(
                Map.of("PARLEY_PASSWORD", "from the environment"),
                "--server",
                "https://chat.example.org",
                "--user",
                "root",
                "--archive",
                "irc",
                "--title",
                "#ubuntu",
                "--report",
                "bad-lines",
                "--patience",
                "5",
                file);
        assertThat(options.target().toString()).isEqualTo("root at https://chat.example.org");
        assertThat(options.target().password()).isEqualTo("from the environment");
        assertThat(options.source()).isEqualTo(new ImportSource(Path.of(file), "irc", "#ubuntu", Path.of("bad-lines")));
        assertThat(options.patience().limit()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void namedPasswordFileGoesBeforeTheEnvironment() {
        ImportOptions options = parse(
                Map.of("PARLEY_PASSWORD", "from the environment"),
                file,
                "--password-file",
                folder.resolve("other").toString());
        assertThat(options.target().password()).isEqualTo("from a file");
    }

    @Test
    void archiveNameIsMadeOfTheFileName() {
        assertThat(ImportOptions.archiveOf(Path.of("/logs/My Chat (2).TXT"))).isEqualTo("my-chat-2-");
        assertThat(ImportOptions.archiveOf(Path.of("#ubuntu.tsv"))).isEqualTo("ubuntu");
        assertThat(ImportOptions.archiveOf(Path.of("irc.2004.tsv"))).isEqualTo("irc.2004");
    }

    @Test
    void argumentsThatMakeNoSenseAreRefused() {
        assertRefused("name the archive's FILE");
        assertRefused("unknown argument --fast", file, "--fast");
        assertRefused("unknown argument second", file, "second");
        assertRefused("--title needs a value", file, "--title");
        assertRefused("--server needs an address such as http://127.0.0.1:8080, not 8080", file, "--server", "8080");
        assertRefused(
                "name the import with --archive: 1 to 64 of a-z, 0-9, '.', '_' and '-', first a letter or digit, not 'IRC'",
                file,
                "--archive",
                "IRC");
        assertRefused("--patience needs a number of seconds, not long", file, "--patience", "long");
    }

    @Test
    void absentFilesAreNamed() {
        assertThatThrownBy(() -> parse(Map.of(), "absent.tsv"))
                .isInstanceOf(ImportException.class)
                .hasMessage("There is no file to read at absent.tsv.");
        assertThatThrownBy(() -> parse(Map.of("PARLEY_DATA", "nowhere"), file))
                .isInstanceOf(ImportException.class)
                .hasMessageStartingWith("The admin's password cannot be read from nowhere/admin-password.");
    }

    private static void assertRefused(String line, String... arguments) {
        assertThatThrownBy(() -> parse(Map.of("PARLEY_PASSWORD", "x"), arguments))
                .isInstanceOf(UsageException.class)
                .hasMessage(line);
    }

    private static ImportOptions parse(Map<String, String> environment, String... arguments) {
        return ImportOptions.parse(List.of(arguments), environment);
    }
}
