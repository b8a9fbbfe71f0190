package dev.parley.axonserver.http;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a request is for: the segments of its path and its parameters, decoded. A segment may hold any character, a
/// slash too if it comes as `%2F`.
record Target(List<String> path, Map<String, String> parameters) {

    private static final int LONGEST = 4096;
    private static final int MOST_PARTS = 16;

    /// @throws RefusedException if it is too long, or is not encoded as it must be
    static Target of(URI uri) {
        String path = uri.getRawPath();
        String query = uri.getRawQuery();
        if (path == null || !path.startsWith("/") || path.length() > LONGEST) {
            throw RefusedException.badRequest("The path is not one, or is too long");
        }
        if (query != null && query.length() > LONGEST) {
            throw RefusedException.badRequest("The query is too long");
        }
        List<String> segments = new ArrayList<>();
        for (String segment : path.substring(1).split("/", MOST_PARTS)) {
            segments.add(decoded(segment));
        }
        Map<String, String> parameters = new HashMap<>();
        for (String parameter : query == null ? new String[0] : query.split("&", MOST_PARTS)) {
            int sign = parameter.indexOf('=');
            String name = decoded(sign < 0 ? parameter : parameter.substring(0, sign));
            String value = sign < 0 ? "" : decoded(parameter.substring(sign + 1).replace('+', ' '));
            if (parameters.put(name, value) != null) {
                throw RefusedException.badRequest("A parameter is there twice");
            }
        }
        return new Target(List.copyOf(segments), Map.copyOf(parameters));
    }

    /// @return null if it is absent, empty, or "null", as the pages of a real Axon Server send it
    @Nullable
    String parameter(String name) {
        String value = parameters.get(name);
        return value == null || value.isEmpty() || value.equals("null") ? null : value;
    }

    private static String decoded(String text) {
        byte[] bytes = new byte[text.length()];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%' && i + 2 < text.length() && hex(text, i)) {
                bytes[length++] = (byte) HexFormat.fromHexDigits(text, i + 1, i + 3);
                i += 2;
            } else if (c >= ' ' && c < 0x7f && c != '%') {
                bytes[length++] = (byte) c;
            } else {
                throw RefusedException.badRequest("The address is not encoded as it must be");
            }
        }
        try {
            String result = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
            if (result.chars().anyMatch(Character::isISOControl)) {
                throw RefusedException.badRequest("The address has a control character in it");
            }
            return result;
        } catch (CharacterCodingException e) {
            throw RefusedException.badRequest("The address is not UTF-8");
        }
    }

    private static boolean hex(String text, int at) {
        return HexFormat.isHexDigit(text.charAt(at + 1)) && HexFormat.isHexDigit(text.charAt(at + 2));
    }
}
