package dev.parley.notifications.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Where a secret comes from: a file, which may change, or a setting.
///
/// @param setting what names the file, or holds the secret
record CredentialSource(
        String setting, @Nullable Path file, @Nullable String text) {

    /// @param prefix of both settings
    /// @return null where neither is set
    /// @throws UnusableCredentialsException if both are
    static @Nullable CredentialSource of(
            String prefix, String fileName, @Nullable Path file, String textName, @Nullable String text) {
        boolean inline = text != null && !text.isBlank();
        if (file != null && inline) {
            throw new UnusableCredentialsException(
                    prefix + fileName, file, "and " + prefix + textName + " are both set: one of them is enough", null);
        }
        if (file != null) {
            return new CredentialSource(prefix + fileName, file, null);
        }
        return inline ? new CredentialSource(prefix + textName, null, text) : null;
    }

    /// @throws UnusableCredentialsException if the file cannot be read
    byte[] read() {
        if (file == null) {
            return String.valueOf(text).getBytes(StandardCharsets.UTF_8);
        }
        UnusableCredentialsException.checkReadable(setting, file);
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UnusableCredentialsException(setting, file, "cannot be read", e);
        }
    }

    /// Changes with the contents, whatever the file system says about times: mounted secrets are
    /// swapped by links.
    ///
    /// @return `absent` while the file cannot be read
    String digest() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(read()));
        } catch (UnusableCredentialsException e) {
            return "absent";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    UnusableCredentialsException unusable(String problem, @Nullable Throwable cause) {
        return new UnusableCredentialsException(setting, file, problem, cause);
    }

    @Override
    public String toString() {
        return "CredentialSource[" + setting + "]";
    }
}
