package dev.parley.query.archive;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import dev.parley.messages.AccountId;
import dev.parley.testing.Running;
import java.security.Principal;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/// Requests of analysts. The archive of a test holds what other tests said, too, so that each looks for
/// a word of its own.
abstract class Analysing extends Running {

    static final AccountId ANALYST = new AccountId(UUID.randomUUID());

    /// A word that nobody said before.
    static String word() {
        return "w" + UUID.randomUUID().toString().replace("-", "");
    }

    /// After all that was stored so far is projected.
    Answer look(String path, Object... variables) {
        return look(ANALYST, path, variables);
    }

    Answer look(AccountId analyst, String path, Object... variables) {
        String head = String.valueOf(store.createHeadToken().position().orElse(0));
        return perform(as(analyst, get("/api/v1/archive" + path, variables)).header("Parley-After", head));
    }

    static MockHttpServletRequestBuilder as(AccountId analyst, MockHttpServletRequestBuilder request) {
        Principal principal = analyst::toString;
        return request.principal(principal).with(sent -> {
            sent.addUserRole("ANALYST");
            return sent;
        });
    }

    static List<String> texts(Answer answer, String array, String field) {
        return StreamSupport.stream(answer.at(array).spliterator(), false)
                .map(element -> element.at(field).asString())
                .toList();
    }
}
