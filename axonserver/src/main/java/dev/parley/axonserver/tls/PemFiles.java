package dev.parley.axonserver.tls;

import io.grpc.util.CertificateUtils;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;

/// Reads certificates and keys.
final class PemFiles {

    private PemFiles() {}

    /// @param setting that names the file, below `parley.axonserver.tls`
    static X509Certificate[] certificates(Path file, String setting) throws TlsException {
        try (InputStream in = Files.newInputStream(file)) {
            X509Certificate[] certificates = CertificateUtils.getX509Certificates(in);
            if (certificates.length == 0) {
                throw new TlsException(file + " (parley.axonserver.tls." + setting + ") has no certificate in it");
            }
            return certificates;
        } catch (IOException | GeneralSecurityException e) {
            throw new TlsException(file, setting, e);
        }
    }

    static PrivateKey key(Path file) throws TlsException {
        try (InputStream in = Files.newInputStream(file)) {
            return CertificateUtils.getPrivateKey(in);
        } catch (GeneralSecurityException e) {
            throw new TlsException(file
                    + " (parley.axonserver.tls.private-key) has no RSA or EC key in it as PKCS#8 without a password"
                    + " (BEGIN PRIVATE KEY); openssl pkcs8 -topk8 -nodes makes one");
        } catch (IOException | RuntimeException e) {
            throw new TlsException(file, "private-key", e);
        }
    }

    /// Whether what the key signs is what the certificate's holder signed.
    static boolean belongTogether(PrivateKey key, PublicKey certified) {
        String algorithm = key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
        byte[] text = {1, 2, 3, 4};
        try {
            Signature signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(text);
            byte[] signed = signing.sign();
            Signature checking = Signature.getInstance(algorithm);
            checking.initVerify(certified);
            checking.update(text);
            return checking.verify(signed);
        } catch (GeneralSecurityException otherKinds) {
            return false;
        }
    }
}
