package dev.parley.app.security;

import dev.parley.app.ParleyProperties;
import dev.parley.app.role.NodeRole;
import dev.parley.app.role.NodeRoles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/// Gives the first admin a password where the configuration names none: made once, kept in the data folder's
/// `admin-password`, readable by its owner only.
public final class FirstAdminPassword implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final String PROPERTY = "parley.command-side.admin.password";
    private static final int RANDOM_BYTES = 18;

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        if (!NodeRoles.of(environment).contains(NodeRole.COMMAND_SIDE) || environment.containsProperty(PROPERTY)) {
            return;
        }
        Path data = Binder.get(environment)
                .bindOrCreate("parley", ParleyProperties.class)
                .data();
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "firstAdmin", Map.of(PROPERTY, password(data.resolve("admin-password")))));
    }

    private static String password(Path file) {
        try {
            if (!Files.exists(file)) {
                write(file);
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + file + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static void write(Path file) throws IOException {
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(
                fresh,
                (password + "\n").getBytes(StandardCharsets.US_ASCII),
                StandardOpenOption.WRITE,
                StandardOpenOption.SYNC);
        Files.move(fresh, file);
    }
}
