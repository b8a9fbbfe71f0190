package dev.parley.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Properties;

/// Who may enter one PostgreSQL, and the way in. The password is random for each data folder, because on a machine
/// with several users every one of them can reach a port on 127.0.0.1.
///
/// @param passwordFile read by the owner of the data folder only
record PostgresAccess(Path passwordFile, String password) {
    static final String USER = "parley";
    static final String DATABASE = "parley";

    private static final String INVALID_PASSWORD = "28P01";
    private static final String TIMEOUT_SECONDS = "5";

    /// Takes the password of the folder, or makes one for a new cluster.
    static PostgresAccess of(DataFolder folder) {
        Path file = folder.resolve("password");
        try {
            if (Files.exists(folder.resolve("pgdata")) && Files.notExists(file)) {
                throw new EmbeddedStartException(
                        "The database in %s has lost its password file %s: put it back, or move the folder away"
                                .formatted(folder.path(), file));
            }
            if (Files.notExists(file)) {
                byte[] random = new byte[24];
                new SecureRandom().nextBytes(random);
                PrivateFiles.write(file, HexFormat.of().formatHex(random));
            }
            return new PostgresAccess(file, Files.readString(file).strip());
        } catch (IOException e) {
            throw new EmbeddedStartException(
                    "The password file of PostgreSQL cannot be used (%s): make it readable for you"
                            .formatted(EmbeddedStartException.reason(e)),
                    e);
        }
    }

    static String url(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
    }

    /// Whether a client can connect.
    ///
    /// @throws EmbeddedStartException when the server does not know the password
    boolean answers(int port) {
        try (Connection connection = connect(port)) {
            return connection.isValid(5);
        } catch (SQLException e) {
            if (INVALID_PASSWORD.equals(e.getSQLState())) {
                throw new EmbeddedStartException(
                        "PostgreSQL refuses the password in %s: put the one back that belongs to the database"
                                .formatted(passwordFile),
                        e);
            }
            return false;
        }
    }

    /// Creates the database unless it is there.
    void createDatabase(int port) {
        try (Connection connection = connect(port);
                Statement statement = connection.createStatement();
                ResultSet found =
                        statement.executeQuery("select 1 from pg_database where datname = '" + DATABASE + "'")) {
            if (!found.next()) {
                try (Statement create = connection.createStatement()) {
                    create.execute("create database " + DATABASE);
                }
            }
        } catch (SQLException e) {
            throw new EmbeddedStartException(
                    "The database %s cannot be created (%s): look into PostgreSQL's log"
                            .formatted(
                                    DATABASE,
                                    String.valueOf(e.getMessage())
                                            .lines()
                                            .findFirst()
                                            .orElse("")),
                    e);
        }
    }

    @Override
    public String toString() {
        return "PostgresAccess[passwordFile=" + passwordFile + ", password=****]";
    }

    private Connection connect(int port) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", USER);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", TIMEOUT_SECONDS);
        properties.setProperty("socketTimeout", TIMEOUT_SECONDS);
        return DriverManager.getConnection(url(port, "postgres"), properties);
    }
}
