package dev.parley.delivery.frames;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {

    private static final String ID = "018f3a4e-2b7c-7c3e-9f10-0a1b2c3d4e60";
    private static final String CONVERSATION = "018f3a4e-2b7c-7c3e-9f10-0a1b2c3d4e5f";
    private static final String SEND =
            "{\"type\":\"send\",\"id\":\"" + ID + "\",\"conversation\":\"" + CONVERSATION + "\",\"body\":\"Hi 👋\"}";

    /// One with every kind of field.
    private static final String FULL = SEND.replace(
            "\"body\"",
            "\"seq\":7,\"on\":true,\"mentions\":[\"" + CONVERSATION
                    + "\"],\"attachments\":[{\"name\":\"a\",\"mediaType\":\"a/b\",\"size\":5,\"sha256\":\""
                    + "0a".repeat(32) + "\",\"uri\":\"https://files.example/a\"}],\"body\"");

    private final FrameReader reader = new FrameReader();

    @Test
    void goodFramesAreRead() {
        assertThat(reader.read(SEND))
                .isEqualTo(new ClientFrame.Send(
                        MessageId.of(ID), ConversationId.of(CONVERSATION), "Hi 👋", null, List.of(), List.of()));
        assertThat(reader.read("{\"type\":\"hello\",\"token\":\"t\",\"device\":\"d\",\"new\":[1,{}]}"))
                .isEqualTo(new ClientFrame.Hello("t", "d", null, null));
        assertThat(reader.read("{\"device\":\"d\",\"position\":-1,\"window\":9,\"token\":\"t\",\"type\":\"hello\"}"))
                .isEqualTo(new ClientFrame.Hello("t", "d", -1L, 9));
        assertThat(reader.read("{\"type\":\"ack\",\"position\":7}")).isEqualTo(new ClientFrame.Ack(7));
        assertThat(reader.read("{\"type\":\"ping\"}")).isEqualTo(new ClientFrame.Ping());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "x",
                "[]",
                "null",
                "1",
                "\"send\"",
                "{",
                "{}",
                "{\"type\":1}",
                "{\"type\":null}",
                "{\"type\":\"ping\"} {}",
                "{\"type\":\"ping\"",
                "{'type':'ping'}",
                "{\"type\":NaN}"
            })
    void whatIsNoObjectWithATypeIsBroken(String text) {
        assertThat(reader.read(text)).isEqualTo(new ClientFrame.Broken());
    }

    @Test
    void deepNestingIsBroken() {
        assertThat(reader.read("{\"type\":" + "[".repeat(30_000))).isEqualTo(new ClientFrame.Broken());
        assertThat(reader.read(withUnknown("[".repeat(31) + "]".repeat(31)))).isEqualTo(new ClientFrame.Ping());
        assertThat(reader.read(withUnknown("[".repeat(32) + "]".repeat(32)))).isEqualTo(new ClientFrame.Broken());
        assertThat(reader.read(withUnknown("{\"a\":".repeat(9_000) + "1" + "}".repeat(9_000))))
                .isEqualTo(new ClientFrame.Broken());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"ping\",\"type\":\"ping\"}",
                "{\"type\":\"ping\",\"new\":{\"a\":1,\"a\":2}}",
                "{\"type\":\"ping\",\"\\u0074ype\":\"ack\"}"
            })
    void nameThatComesTwiceIsBroken(String text) {
        assertThat(reader.read(text)).isEqualTo(new ClientFrame.Broken());
    }

    @Test
    void longNamesAndNumbersAreBroken() {
        assertThat(reader.read("{\"type\":\"ping\",\"" + "n".repeat(257) + "\":1}"))
                .isEqualTo(new ClientFrame.Broken());
        assertThat(reader.read(withUnknown("9".repeat(401)))).isEqualTo(new ClientFrame.Broken());
        assertThat(reader.read(withUnknown("9".repeat(60_000)))).isEqualTo(new ClientFrame.Broken());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "-1e400", "1e999999999", "1E-999999999", "0.1e400", "1e5", "7.0", "-0.0"})
    void numberThatIsNoWholeOneIsPassedOverWhereItIsNotKnownAndRefusedWhereItIs(String number) {
        assertThat(reader.read(withUnknown(number))).isEqualTo(new ClientFrame.Ping());
        assertThat(reader.read("{\"type\":\"ack\",\"position\":" + number + "}"))
                .isInstanceOfSatisfying(
                        ClientFrame.Refused.class,
                        refused -> assertThat(refused.rejection().field()).isEqualTo("position"));
    }

    @Test
    void idIsEchoedWhereItCanBe() {
        assertThat(echoOf("\"" + "i".repeat(64) + "\"")).isEqualTo("i".repeat(64));
        assertThat(echoOf("\"" + "i".repeat(65) + "\"")).isNull();
        assertThat(echoOf("\"\\ud83d\"")).as("half a pair cannot be sent").isNull();
        assertThat(echoOf("17")).isNull();
        assertThat(echoOf("{\"id\":\"x\"}")).isNull();
    }

    private String echoOf(String id) {
        return reader.read("{\"type\":\"send\",\"id\":" + id + "}") instanceof ClientFrame.Refused refused
                ? refused.id()
                : "not refused";
    }

    private static String withUnknown(String value) {
        return "{\"type\":\"ping\",\"new\":" + value + "}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"hello\",\"device\":\"d\"}|token",
                "{\"type\":\"hello\",\"token\":5,\"device\":\"d\"}|token",
                "{\"type\":\"hello\",\"token\":\"t\",\"device\":\"a b\"}|device",
                "{\"type\":\"hello\",\"token\":\"t\",\"device\":\"\"}|device",
                "{\"type\":\"hello\",\"token\":\"t\",\"device\":\"d\",\"position\":\"5\"}|position",
                "{\"type\":\"hello\",\"token\":\"t\",\"device\":\"d\",\"position\":-2}|position",
                "{\"type\":\"hello\",\"token\":\"t\",\"device\":\"d\",\"window\":0}|window",
                "{\"type\":\"send\",\"id\":\"6d2f0a51-6f0e-4b53-9d0f-3a2f6c1f7a10\"}|id",
                "{\"type\":\"send\",\"id\":\"018f3a4e-2b7c-7c3e-9f10-0a1b2c3d4e60\",\"conversation\":\"x\"}|conversation",
                "{\"type\":\"ack\"}|position",
                "{\"type\":\"ack\",\"position\":1.5}|position",
                "{\"type\":\"ack\",\"position\":99999999999999999999}|position",
                "{\"type\":\"typing\",\"conversation\":\"018f3a4e-2b7c-7c3e-9f10-0a1b2c3d4e5f\",\"on\":1}|on",
                "{\"type\":\"reauth\"}|token",
                "{\"type\":\"shout\"}|type",
                "{\"type\":\"SEND\"}|type"
            })
    void wrongFieldIsNamed(String text, String field) {
        assertThat(reader.read(text))
                .isInstanceOfSatisfying(
                        ClientFrame.Refused.class,
                        refused -> assertThat(refused.rejection().field()).isEqualTo(field));
    }

    @Test
    void halfASurrogatePairIsNoText() {
        String frame = SEND.replace("Hi 👋", "Hi \\ud83d");
        assertThat(reader.read(frame)).isInstanceOfSatisfying(ClientFrame.Refused.class, refused -> {
            assertThat(refused.rejection().field()).isEqualTo("body");
            assertThat(refused.id()).isEqualTo(ID);
        });
    }

    @Test
    void mutatedFramesAlwaysHaveAnAnswer() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("FrameReaderTest -Dseed=" + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(i % 2 == 0 ? SEND : FULL);
            for (int change = random.nextInt(6); change >= 0; change--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, (char) random.nextInt(0x1_0000));
                    default -> text.setCharAt(at, "{}[]\":,\\0n".charAt(random.nextInt(10)));
                }
            }
            assertThat(reader.read(text.toString())).isNotNull();
        }
    }
}
