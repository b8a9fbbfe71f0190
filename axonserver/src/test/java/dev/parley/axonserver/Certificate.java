package dev.parley.axonserver;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;

/// A certificate of 127.0.0.1, signed by itself, and its key, in PEM files.
///
/// @param certificate read from the file
record Certificate(Path file, Path keyFile, X509Certificate certificate) {

    private static final char[] PASSWORD = "changeit".toCharArray();

    /// @param name of its files, and of whom it is for
    static Certificate create(Path folder, String name) throws Exception {
        Path store = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "node",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-ext",
                        "bc:c",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        store.toString())
                .inheritIO()
                .start();
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException("keytool failed");
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        return write(folder, name, keys);
    }

    private static Certificate write(Path folder, String name, KeyStore keys)
            throws GeneralSecurityException, IOException {
        X509Certificate certificate = (X509Certificate) keys.getCertificate("node");
        Key key = keys.getKey("node", PASSWORD);
        Path file = folder.resolve(name + ".crt");
        Path keyFile = folder.resolve(name + ".key");
        pem(file, "CERTIFICATE", certificate.getEncoded());
        pem(keyFile, "PRIVATE KEY", key.getEncoded());
        return new Certificate(file, keyFile, certificate);
    }

    private static void pem(Path file, String kind, byte[] content) throws IOException {
        String lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(content);
        Files.writeString(file, "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n");
    }
}
