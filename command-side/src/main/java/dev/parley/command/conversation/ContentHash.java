package dev.parley.command.conversation;

import dev.parley.messages.AccountId;
import dev.parley.messages.MessageId;
import dev.parley.messages.conversation.Attachment;
import dev.parley.messages.conversation.ConversationEvent.MessageEdited;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tells contents apart without keeping them. Each part goes into SHA-256 with its length, lists with their sizes, so
/// that no two contents are one row of bytes.
final class ContentHash {

    private static final int REPEAT_BYTES = 16;
    private static final String SENT = "sent";
    private static final String EDITED = "edited";

    private final MessageDigest digest;

    private ContentHash(String kind) {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
        add(kind);
    }

    /// Of everything a message says and carries: 128 bits in hex, so that nobody can make two contents of one hash.
    static String of(MessageSent sent) {
        ContentHash hash = new ContentHash(SENT);
        hash.add(sent.body());
        hash.add(sent.replyTo());
        hash.addMentions(sent.mentions());
        hash.addSize(sent.attachments().size());
        sent.attachments().forEach(hash::add);
        return hash.repeat();
    }

    /// Of what an edit makes of which message; never that of a sent one.
    static String of(MessageEdited edited) {
        ContentHash hash = new ContentHash(EDITED);
        hash.add(edited.message());
        hash.add(edited.body());
        hash.addMentions(edited.mentions());
        return hash.repeat();
    }

    private String repeat() {
        return HexFormat.of().formatHex(digest.digest(), 0, REPEAT_BYTES);
    }

    private void addMentions(List<AccountId> mentions) {
        addSize(mentions.size());
        mentions.forEach(mention -> add(mention.toString()));
    }

    private void add(Attachment attachment) {
        add(attachment.name());
        add(attachment.mediaType());
        add(Long.toString(attachment.size()));
        add(attachment.sha256());
        add(attachment.uri().toString());
    }

    private void add(@Nullable MessageId message) {
        add(message == null ? "" : message.toString());
    }

    private void add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        addSize(bytes.length);
        digest.update(bytes);
    }

    private void addSize(int size) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(size).array());
    }
}
