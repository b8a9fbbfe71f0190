package dev.parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresIT {
    /// One cluster for all tests that need no fresh one: creating it takes longer than they do.
    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    @Test
    void dataIsKeptFromRunToRun() throws SQLException {
        List<String> steps = new ArrayList<>();
        try (EmbeddedPostgres first = EmbeddedPostgres.start(EmbeddedPostgresSettings.of(shared), steps::add)) {
            execute(first, "create table kept (word text)");
            execute(first, "insert into kept values ('grüße')");
        }
        assertThat(steps).contains("starting PostgreSQL").last().asString().startsWith("PostgreSQL is ready on port ");
        try (EmbeddedPostgres second = EmbeddedPostgres.start(shared)) {
            assertThat(query(second, "select word from kept")).isEqualTo("grüße");
            assertThat(query(second, "select upper(word) from kept")).startsWith("GRÜ");
        }
    }

    @Test
    void confirmedCommitsAreOnDisk() throws SQLException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(shared)) {
            for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes", "data_checksums")) {
                assertThat(query(postgres, "show " + setting)).as(setting).isEqualTo("on");
            }
            assertThat(query(postgres, "show listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(query(postgres, "show server_encoding")).isEqualTo("UTF8");
        }
    }

    @Test
    void itIsADirectChildInASessionOfItsOwn() throws IOException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(shared)) {
            ProcessHandle server = ProcessHandle.of(postgres.pid()).orElseThrow();
            assertThat(server.parent()).contains(ProcessHandle.current());
            assertThat(Processes.session(postgres.pid())).isEqualTo(postgres.pid());
            List<ProcessHandle> all = new ArrayList<>(server.descendants().toList());
            all.add(server);
            postgres.close();
            assertThat(all).noneMatch(ProcessHandle::isAlive);
            postgres.close();
        }
    }

    @Test
    void onlyWhoKnowsThePasswordEnters() throws IOException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(shared)) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), "guess"));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(shared.resolve("password"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void aPortInUseIsNamedBeforeAnythingStarts() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            EmbeddedPostgresSettings settings =
                    EmbeddedPostgresSettings.of(folder).withPort(other.getLocalPort());
            assertRefused(settings, "Port " + other.getLocalPort() + " for PostgreSQL");
            assertThat(folder.resolve("pgdata")).doesNotExist();
        }
    }

    @Test
    void aFolderIsUsedByOneAtATime() {
        EmbeddedPostgresSettings settings = EmbeddedPostgresSettings.of(shared);
        try (EmbeddedPostgres first = EmbeddedPostgres.start(settings)) {
            assertRefused(settings, "is in use by this process");
            assertThat(ProcessHandle.of(first.pid())).isPresent();
        }
    }

    @Test
    void aDiskThatIsTooFullIsRefused() {
        EmbeddedPostgresSettings settings = EmbeddedPostgresSettings.of(folder).withMinimumFreeBytes(Long.MAX_VALUE);
        assertRefused(settings, "free some space");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFolderWithoutADatabaseIsRefused() throws IOException {
        Files.createDirectories(folder.resolve("pgdata"));
        Files.createFile(folder.resolve("password"));
        assertRefused(EmbeddedPostgresSettings.of(folder), "holds no PostgreSQL database");
    }

    @Test
    void aBrokenDatabaseIsReportedWithTheServersOwnWords() throws IOException {
        EmbeddedPostgres.start(folder).close();
        Files.delete(folder.resolve("pgdata/global/pg_control"));
        assertRefused(EmbeddedPostgresSettings.of(folder), "could not open file");
        assertThat(ProcessHandle.current().children()).isEmpty();
    }

    private static void assertRefused(EmbeddedPostgresSettings settings, String words) {
        assertThatExceptionOfType(EmbeddedStartException.class)
                .isThrownBy(() -> EmbeddedPostgres.start(settings).close())
                .withMessageContaining(words)
                .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
    }

    private static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
    }
}
