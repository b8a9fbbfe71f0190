package dev.parley.app.demo;

import dev.parley.app.demo.DemoClient.Answer;
import dev.parley.app.demo.DemoScript.Line;
import dev.parley.app.demo.DemoScript.Person;
import dev.parley.messages.MessageId;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/// Makes the demo accounts and their conversation, each only if it is not there.
final class Demo {

    private static final String ACCOUNTS = "/api/v1/accounts";
    private static final String SESSIONS = "/api/v1/sessions";
    private static final String CONVERSATIONS = "/api/v1/conversations";

    private final DemoClient client;

    Demo(DemoClient client) {
        this.client = client;
    }

    /// @throws DemoException if the server refuses a step
    void make() throws IOException, InterruptedException {
        Map<String, String> tokens = new HashMap<>();
        for (Person person : DemoScript.PEOPLE) {
            tokens.put(person.username(), token(person));
        }
        Person starter = DemoScript.PEOPLE.getFirst();
        String token = tokens.getOrDefault(starter.username(), "");
        if (!hasConversation(token)) {
            String conversation = start(token);
            for (Line line : DemoScript.LINES) {
                say(conversation, line, tokens.getOrDefault(line.username(), ""));
            }
        }
    }

    private String token(Person person) throws IOException, InterruptedException {
        Answer registered = client.post(
                ACCOUNTS,
                null,
                Map.of(
                        "username", person.username(),
                        "displayName", person.displayName(),
                        "password", DemoScript.PASSWORD));
        if (!registered.code().equals("username-taken")) {
            return good(registered, "register " + person.username())
                    .path("token")
                    .asString();
        }
        Answer session =
                client.post(SESSIONS, null, Map.of("username", person.username(), "password", DemoScript.PASSWORD));
        if (session.code().equals("bad-credentials")) {
            throw new DemoException("the account " + person.username() + " exists with another password");
        }
        return good(session, "log in as " + person.username()).path("token").asString();
    }

    private boolean hasConversation(String token) throws IOException, InterruptedException {
        String cursor = "";
        while (true) {
            JsonNode page = good(client.get(CONVERSATIONS + "?limit=100" + cursor, token), "list conversations");
            for (JsonNode conversation : page.path("conversations")) {
                if (conversation.path("title").asString("").equals(DemoScript.TITLE)) {
                    return true;
                }
            }
            String next = page.path("next").asString("");
            if (next.isEmpty()) {
                return false;
            }
            cursor = "&cursor=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
        }
    }

    private String start(String token) throws IOException, InterruptedException {
        List<String> others =
                DemoScript.PEOPLE.stream().skip(1).map(Person::username).toList();
        Map<String, Object> group = Map.of("kind", "group", "title", DemoScript.TITLE, "members", others);
        return good(client.postOnce(CONVERSATIONS, token, group), "start a conversation")
                .path("id")
                .asString();
    }

    private void say(String conversation, Line line, String token) throws IOException, InterruptedException {
        String id = MessageId.at(System.currentTimeMillis(), UUID.randomUUID()).toString();
        good(
                client.post(
                        CONVERSATIONS + "/" + conversation + "/messages", token, Map.of("id", id, "body", line.body())),
                "send a message");
    }

    private static JsonNode good(Answer answer, String what) {
        if (!answer.isGood()) {
            String detail = answer.body().path("detail").asString("status " + answer.status());
            throw new DemoException("could not " + what + ": " + detail);
        }
        return answer.body();
    }
}
