package dev.parley.query.chain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/// Files with keys, in PEM (RFC 7468).
public final class KeyFile {

    private static final String SECRET = "PRIVATE KEY";
    private static final String PUBLIC = "PUBLIC KEY";
    private static final int LINE = 64;

    private KeyFile() {}

    /// Makes a key pair where there is none: the private half in `secret`, which only the owner may read, and the
    /// public one in `known`, which is written again if it is missing.
    ///
    /// @throws UncheckedIOException if a file cannot be written or read; the message names it
    public static void make(Path secret, Path known) {
        try {
            Files.createDirectories(secret.toAbsolutePath().getParent());
            if (!Files.exists(secret)) {
                KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
                write(secret, pem(SECRET, pair.getPrivate().getEncoded()), "rw-------");
                Files.deleteIfExists(known);
            }
            if (!Files.exists(known)) {
                write(known, pem(PUBLIC, publicKey(read(secret)).getEncoded()), "rw-r--r--");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The signing key " + secret + " cannot be made: " + e.getMessage(), e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The signing key " + secret + " cannot be used: " + e.getMessage(), e);
        }
    }

    static String pem(byte[] publicKey) {
        return pem(PUBLIC, publicKey);
    }

    static PrivateKey read(Path file) throws IOException, GeneralSecurityException {
        String text = Files.readString(file, StandardCharsets.US_ASCII);
        int begin = text.indexOf(mark("BEGIN", SECRET));
        int end = text.indexOf(mark("END", SECRET));
        if (begin < 0 || end < begin) {
            throw new GeneralSecurityException("there is no PKCS#8 private key in it");
        }
        String body = text.substring(begin + mark("BEGIN", SECRET).length(), end);
        byte[] key = Base64.getMimeDecoder().decode(body);
        return KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(key));
    }

    /// Java derives the public half only while it makes a pair. So a pair is made, of which the random bytes, which
    /// are all that an Ed25519 private key is, are those of the key. Who uses it has to prove it.
    static PublicKey publicKey(PrivateKey secret) throws GeneralSecurityException {
        byte[] seed = ((EdECPrivateKey) secret).getBytes().orElseThrow();
        KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
        generator.initialize(NamedParameterSpec.ED25519, new Known(seed));
        return generator.generateKeyPair().getPublic();
    }

    private static final class Known extends SecureRandom {

        private static final long serialVersionUID = 1;
        private final byte[] seed;

        Known(byte[] seed) {
            this.seed = seed;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, bytes.length);
        }
    }

    private static String pem(String what, byte[] key) {
        String body = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(key);
        return mark("BEGIN", what) + "\n" + body + "\n" + mark("END", what) + "\n";
    }

    private static String mark(String which, String what) {
        return "-----" + which + " " + what + "-----";
    }

    private static void write(Path file, String text, String permissions) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(beside);
        Files.createFile(beside, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)));
        try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = StandardCharsets.US_ASCII.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
