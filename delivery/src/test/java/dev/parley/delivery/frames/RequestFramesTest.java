package dev.parley.delivery.frames;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.conversation.Attachment;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestFramesTest {

    private static final MessageId ID = MessageId.of("018f3a4e-2b7c-7c3e-9f10-0a1b2c3d4e60");
    private static final MessageId MESSAGE = MessageId.of("018f3a4e-2b7c-7c3e-9f10-0a1b2c3d4e61");
    private static final ConversationId TALK = ConversationId.of("018f3a4e-2b7c-7c3e-9f10-0a1b2c3d4e5f");
    private static final AccountId BOB = AccountId.of("6d2f0a51-6f0e-4b53-9d0f-3a2f6c1f7a10");
    private static final String HASH = "0123456789abcdef".repeat(4);
    private static final String FILE = "{'name':'a.png','mediaType':'image/png','size':5,'sha256':'" + HASH
            + "','uri':'https://files.example/a?b=1'}";

    private final FrameReader reader = new FrameReader();

    /// @param fields with single quotes
    private ClientFrame read(String type, String fields) {
        return reader.read(("{'type':'" + type + "','id':'" + ID + "','conversation':'" + TALK + "'" + fields + "}")
                .replace('\'', '"'));
    }

    private void assertRefused(ClientFrame frame, String field) {
        assertThat(frame).isInstanceOfSatisfying(ClientFrame.Refused.class, refused -> {
            assertThat(refused.rejection().code()).isEqualTo(RejectionCode.INVALID);
            assertThat(refused.rejection().field()).isEqualTo(field);
            assertThat(refused.id()).isEqualTo(ID.toString());
        });
    }

    @Test
    void requestsAreRead() {
        String message = ",'message':'" + MESSAGE + "'";
        assertThat(read("edit", message + ",'body':'b','mentions':['" + BOB + "']"))
                .isEqualTo(new ClientFrame.Edit(ID, TALK, MESSAGE, "b", List.of(BOB)));
        assertThat(read("delete", message)).isEqualTo(new ClientFrame.Delete(ID, TALK, MESSAGE, null));
        assertThat(read("delete", message + ",'seq':0")).isEqualTo(new ClientFrame.Delete(ID, TALK, MESSAGE, 0L));
        assertThat(read("react", message + ",'reaction':'👍'"))
                .isEqualTo(new ClientFrame.React(ID, TALK, MESSAGE, "👍"));
        assertThat(read("unreact", message + ",'reaction':'👍'"))
                .isEqualTo(new ClientFrame.Unreact(ID, TALK, MESSAGE, "👍"));
        assertThat(read("read", ",'seq':7")).isEqualTo(new ClientFrame.Read(ID, TALK, 7));
    }

    @Test
    void messageCarriesWhatItAnswersMentionsAndHolds() {
        assertThat(read(
                        "send",
                        ",'body':'','replyTo':'" + MESSAGE + "','mentions':['" + BOB + "'],'attachments':[" + FILE
                                + "]"))
                .isEqualTo(new ClientFrame.Send(
                        ID,
                        TALK,
                        "",
                        MESSAGE,
                        List.of(BOB),
                        List.of(new Attachment(
                                "a.png", "image/png", 5, HASH, URI.create("https://files.example/a?b=1")))));
        assertThat(read("send", ",'body':'b','replyTo':null,'mentions':null,'attachments':[]"))
                .isEqualTo(new ClientFrame.Send(ID, TALK, "b", null, List.of(), List.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "send|,'body':null|body",
                "send|,'body':'b','replyTo':'x'|replyTo",
                "send|,'body':'b','mentions':'x'|mentions",
                "send|,'body':'b','mentions':{}|mentions",
                "send|,'body':'b','mentions':['6d2f0a51-6f0e-4b53-9d0f-3a2f6c1f7a10','1-2-3-4-5']|mentions[1]",
                "send|,'body':'b','mentions':[null]|mentions[0]",
                "send|,'body':'b','mentions':[['6d2f0a51-6f0e-4b53-9d0f-3a2f6c1f7a10']]|mentions[0]",
                "send|,'body':'b','attachments':7|attachments",
                "send|,'body':'b','attachments':['x']|attachments[0]",
                "send|,'body':'b','attachments':[{}]|attachments[0].name",
                "edit|,'body':'b'|message",
                "edit|,'message':'018f3a4e-2b7c-7c3e-9f10-0a1b2c3d4e61'|body",
                "edit|,'message':'6d2f0a51-6f0e-4b53-9d0f-3a2f6c1f7a10','body':'b'|message",
                "delete|,'message':'018f3a4e-2b7c-7c3e-9f10-0a1b2c3d4e61','seq':-1|seq",
                "delete|,'message':'018f3a4e-2b7c-7c3e-9f10-0a1b2c3d4e61','seq':'1'|seq",
                "react|,'message':'018f3a4e-2b7c-7c3e-9f10-0a1b2c3d4e61'|reaction",
                "unreact|,'message':'018f3a4e-2b7c-7c3e-9f10-0a1b2c3d4e61','reaction':'\\ud83d'|reaction",
                "read|''|seq",
                "read|,'seq':-1|seq",
                "read|,'seq':1e400|seq",
                "read|,'seq':18446744073709551616|seq",
            })
    void wrongFieldIsNamed(String type, String fields, String field) {
        assertRefused(read(type, fields.equals("''") ? "" : fields), field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'a.png'|7|name",
                "'a.png'|'\\udc00'|name",
                "'image/png'|null|mediaType",
                "'size':5|'size':-1|size",
                "'size':5|'size':5.5|size",
                "'size':5|'size':'5'|size",
                "'size':5|'size':1e400|size",
                "'size':5|'size':99999999999999999999|size",
                "'https://files.example/a?b=1'|'a b'|uri",
                "'https://files.example/a?b=1'|'/relative'|uri",
                "'https://files.example/a?b=1'|'http://[::'|uri",
                "'https://files.example/a?b=1'|5|uri",
            })
    void wrongFieldOfAnAttachmentIsNamedWithItsPlace(String good, String bad, String field) {
        String files = String.join(",", FILE, FILE, FILE.replace(good, bad));
        assertRefused(read("send", ",'body':'b','attachments':[" + files + "]"), "attachments[2]." + field);
    }

    @Test
    void countsAndLengthsAreBounded() {
        String mentions = String.join(",", Collections.nCopies(50, "'" + BOB + "'"));
        assertThat(read("send", ",'body':'b','mentions':[" + mentions + "]")).isInstanceOf(ClientFrame.Send.class);
        assertRefused(read("send", ",'body':'b','mentions':[" + mentions + ",'" + BOB + "']"), "mentions");
        assertRefused(
                read("send", ",'body':'b','attachments':[" + String.join(",", Collections.nCopies(11, FILE)) + "]"),
                "attachments");
        for (String[] one : List.of(
                new String[] {"a.png", "n".repeat(256), "name"},
                new String[] {"image/png", "m".repeat(256), "mediaType"},
                new String[] {HASH, HASH + "0", "sha256"},
                new String[] {"a?b=1", "u".repeat(2_048), "uri"})) {
            assertRefused(
                    read("send", ",'body':'b','attachments':[" + FILE.replace(one[0], one[1]) + "]"),
                    "attachments[0]." + one[2]);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1-2-3-4-5", "018f3a4e-2b7c-7c3e-9f10-0a1b2c3d4e5f0", "", "018f3a4e2b7c7c3e9f100a1b2c3d4e5f"})
    void whatJavaTakesForAUuidIsNoneHere(String text) {
        assertThat(reader.read("{\"type\":\"typing\",\"on\":true,\"conversation\":\"" + text + "\"}"))
                .isInstanceOf(ClientFrame.Refused.class);
    }

    @Test
    void textOfAPersonIsInNoLog() {
        ClientFrame send = read("send", ",'body':'secret','attachments':[" + FILE + "]");
        ClientFrame edit = read("edit", ",'message':'" + MESSAGE + "','body':'secret'");
        assertThat(send.toString() + edit).doesNotContain("secret").doesNotContain("a.png");
    }
}
