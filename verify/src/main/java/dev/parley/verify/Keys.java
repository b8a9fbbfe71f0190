package dev.parley.verify;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Public keys (Ed25519, RFC 8032) by their ids: the first 8 bytes of the SHA-256 of their SubjectPublicKeyInfo.
final class Keys {

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----");

    private final Map<String, PublicKey> keys = new HashMap<>();

    /// @param file PEM with one key or more, also inside the JSON that the server gives
    /// @throws InputException if there is none
    Keys(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8).replace("\\n", "\n");
        Matcher pem = PEM.matcher(text);
        while (pem.find()) {
            add(Base64.getMimeDecoder().decode(pem.group(1)));
        }
        if (keys.isEmpty()) {
            throw new InputException(file + " holds no public key");
        }
    }

    boolean has(String id) {
        return keys.containsKey(id);
    }

    /// Whether one of the keys signed it.
    boolean signed(Checkpoint checkpoint) {
        PublicKey key = keys.get(checkpoint.key());
        if (key == null) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initVerify(key);
            signature.update(checkpoint.signed());
            return signature.verify(checkpoint.signature());
        } catch (GeneralSecurityException notASignature) {
            return false;
        }
    }

    private void add(byte[] encoded) {
        try {
            String id = HexFormat.of().formatHex(Sha256.digest().digest(encoded), 0, 8);
            keys.put(id, KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
        } catch (GeneralSecurityException e) {
            throw new InputException("a public key that is no Ed25519 key: " + e.getMessage());
        }
    }
}
