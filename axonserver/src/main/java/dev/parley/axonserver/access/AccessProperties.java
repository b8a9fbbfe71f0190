package dev.parley.axonserver.access;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Who may use the node. Without tokens everybody who reaches it may.
///
/// @param tokens by the name of the application that holds it
/// @param open whether a node without tokens may listen on other addresses than loopback
public record AccessProperties(
        @DefaultValue Map<@NotBlank String, @Valid Application> tokens,
        @DefaultValue("false") boolean open) {

    /// What one application may do.
    ///
    /// @param token its secret, at least 16 visible ASCII characters: `openssl rand -hex 32` makes a good one
    /// @param contexts that it may use; all if none is named
    /// @param admin whether it may use the HTTP side
    public record Application(
            @NotNull @Size(min = SHORTEST_TOKEN, max = LONGEST_TOKEN)
            String token,

            @DefaultValue Set<@NotBlank String> contexts,
            @DefaultValue("false") boolean admin) {

        @Override
        public String toString() {
            return "Application[token=***, contexts=" + contexts + ", admin=" + admin + "]";
        }
    }

    static final int SHORTEST_TOKEN = 16;
    static final int LONGEST_TOKEN = 512;

    /// Whether calls need a token.
    public boolean controlled() {
        return !tokens.isEmpty();
    }
}
