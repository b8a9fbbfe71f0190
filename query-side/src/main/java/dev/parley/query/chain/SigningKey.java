package dev.parley.query.chain;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.HexFormat;

/// The key that signs checkpoints: Ed25519 (RFC 8032). Thread-safe. It never shows its private half.
final class SigningKey {

    private static final int ID_BYTES = 8;

    private final PrivateKey secret;
    private final PublicKey known;
    private final String id;

    private SigningKey(PrivateKey secret, PublicKey known) {
        this.secret = secret;
        this.known = known;
        this.id = HexFormat.of().formatHex(Digest.sha256().digest(known.getEncoded()), 0, ID_BYTES);
    }

    /// @param file PKCS#8 in PEM
    /// @throws IllegalStateException if it cannot be read or is no such key; the message names the file
    static SigningKey read(Path file) {
        try {
            PrivateKey secret = KeyFile.read(file);
            SigningKey key = new SigningKey(secret, KeyFile.publicKey(secret));
            key.prove();
            return key;
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException("The signing key " + file + " cannot be used: " + e);
        }
    }

    /// The first 8 bytes of the SHA-256 of the public half, in hexadecimal.
    String id() {
        return id;
    }

    /// The public half as SubjectPublicKeyInfo (RFC 8410).
    byte[] publicKey() {
        return known.getEncoded();
    }

    byte[] sign(byte[] text) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(secret);
            signature.update(text);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Ed25519 does not sign", e);
        }
    }

    private void prove() throws GeneralSecurityException {
        byte[] text = {1, 2, 3};
        Signature signature = Signature.getInstance("Ed25519");
        signature.initVerify(known);
        signature.update(text);
        if (!signature.verify(sign(text))) {
            throw new GeneralSecurityException("its public half is not known");
        }
    }
}
