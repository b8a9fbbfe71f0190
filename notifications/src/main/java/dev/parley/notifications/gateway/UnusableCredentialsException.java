package dev.parley.notifications.gateway;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The configured credentials cannot be used. Its message names the setting and the file, never what is
/// in it.
public final class UnusableCredentialsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnusableCredentialsException(String setting, @Nullable Path file, String problem, @Nullable Throwable cause) {
        super(setting + (file == null ? "" : ": " + file) + " " + problem, cause);
    }

    /// @throws UnusableCredentialsException if it is not a file that this process may read
    static void checkReadable(String setting, Path file) {
        if (!Files.isRegularFile(file)) {
            throw new UnusableCredentialsException(setting, file, "does not exist or is no file", null);
        }
        if (!Files.isReadable(file)) {
            throw new UnusableCredentialsException(setting, file, "cannot be read by this user", null);
        }
    }
}
