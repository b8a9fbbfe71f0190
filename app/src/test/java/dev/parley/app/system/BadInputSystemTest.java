package dev.parley.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What clients get for requests and frames that are wrong: a problem that names the field, never a fault.
@ExtendWith(SharedProduct.class)
class BadInputSystemTest {

    private static Product product;
    private static Caller alice;
    private static Caller bob;
    private static String group;

    @BeforeAll
    static void start(Product shared) {
        product = shared;
        alice = Caller.register(product.address(), "alice");
        bob = Caller.register(product.address(), "bob");
        group = alice.startGroup("Bad input", bob);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'body':'no id'}                                              | id",
                "{'id':'018f3a4e-2b7c-7c3e-9f10-0a1b2c3d4e60'}                 | body",
                "{'id':'not-a-uuid','body':'x'}                                | id",
                "{'id':17,'body':'x'}                                          | id",
                "{'id':'018f3a4e-2b7c-4c3e-9f10-0a1b2c3d4e60','body':'x'}      | id",
                "{'id':'018f3a4e-2b7c-7c3e-9f10-0a1b2c3d4e60','body':{'a':1}}  | body",
                "{'id':'018f3a4e-2b7c-7c3e-9f10-0a1b2c3d4e60','body':'  '}     | body",
                "{'id':'018f3a4e-2b7c-7c3e-9f10-0a1b2c3d4e60','body':null}     | body"
            })
    void aWrongOrMissingFieldIsNamed(String body, String field) {
        Answer answer = alice.call("POST", messages(), body.replace('\'', '"'));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("code")).isEqualTo("invalid");
        assertThat(answer.text("field")).isEqualTo(field);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"''", "null", "not json", "[1,2]", "'{'", "42"})
    void aBodyThatIsNoObjectIsAProblem(String body) {
        assertThat(alice.call("POST", messages(), body).status()).isEqualTo(400);
    }

    @Test
    void unknownFieldsAreIgnored() {
        Answer answer = alice.post(
                messages(), Map.of("id", Caller.newMessageId(), "body", "hi", "colour", "blue", "nested", Map.of()));
        assertThat(answer.status()).isEqualTo(201);
    }

    @Test
    void bodiesOverTheLimitAreTooLarge() {
        assertThat(alice.trySend(group, Caller.newMessageId(), "x".repeat(100_000))
                        .status())
                .isEqualTo(413);
        Answer overMessageLimit = alice.trySend(group, Caller.newMessageId(), "x".repeat(16 * 1024 + 1));
        assertThat(overMessageLimit.status()).isEqualTo(413);
        assertThat(overMessageLimit.text("code")).isEqualTo("too-large");
        assertThat(alice.trySend(group, Caller.newMessageId(), "x".repeat(16 * 1024))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void aWrongTokenIsRefusedOnBothDoors() {
        Caller impostor = new Caller(product.address(), "alice", null, "not-a-token");
        Answer answer = impostor.get("/api/v1/conversations");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text("code")).isEqualTo("unauthenticated");
        try (ChatSocket socket = ChatSocket.connect(product.address())) {
            socket.send(Map.of("type", "hello", "token", "not-a-token", "device", "laptop"));
            assertThat(socket.awaitClose()).isBetween(4500, 4999);
        }
    }

    @Test
    void aWrongPasswordAndAnUnknownNameLookTheSame() {
        Answer wrong = Caller.nobody(product.address())
                .post("/api/v1/sessions", Map.of("username", "alice", "password", "a wrong password"));
        Answer unknown = Caller.nobody(product.address())
                .post("/api/v1/sessions", Map.of("username", "nobody here", "password", "a wrong password"));
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.json()).isEqualTo(unknown.json());
    }

    @Test
    void framesThatAreWrongAreAnsweredAndNeighboursAreUnharmed() {
        try (ChatSocket neighbour = ChatSocket.open(bob, "neighbour");
                ChatSocket socket = ChatSocket.open(alice, "laptop")) {
            socket.send(Map.of("type", "send", "id", "nonsense", "conversation", group, "body", "x"));
            var problem = socket.awaitFrame(frame -> ChatSocket.type(frame, "problem"));
            assertThat(problem.path("code").asString()).isEqualTo("invalid");
            socket.sendRaw("this is not JSON");
            assertThat(socket.awaitClose()).isBetween(4000, 4999);
            neighbour.awaitMessage(alice.send(group, "all well").text("id"));
        }
    }

    @Test
    void unknownPathsAreNotFoundAndWrongMethodsNotAllowed() {
        assertThat(alice.get("/api/v1/nothing-here").status()).isEqualTo(404);
        assertThat(alice.delete(messages()).status()).isEqualTo(405);
    }

    @Test
    void theInterfaceIsDescribed() {
        assertThat(Caller.nobody(product.address())
                        .get("/v3/api-docs")
                        .json()
                        .path("paths")
                        .has("/api/v1/search"))
                .isTrue();
    }

    private static String messages() {
        return "/api/v1/conversations/" + group + "/messages";
    }
}
