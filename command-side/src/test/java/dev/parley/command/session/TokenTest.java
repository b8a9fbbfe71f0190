package dev.parley.command.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;

class TokenTest {

    @Test
    void has256RandomBits() {
        String token = Token.make();
        assertThat(Base64.getUrlDecoder().decode(token)).hasSize(32);
        assertThat(token).isNotEqualTo(Token.make());
    }

    @Test
    void travelsBareOrAsABearerToken() {
        assertThat(Token.fromHeader("abc")).isEqualTo("abc");
        assertThat(Token.fromHeader("Bearer abc")).isEqualTo("abc");
        assertThat(Token.fromHeader("bearer  abc ")).isEqualTo("abc");
    }

    /// NIST FIPS 180-2, appendix B.1.
    @Test
    void isStoredAsLowerCaseHexOfItsHash() {
        assertThat(Token.hash("abc")).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
