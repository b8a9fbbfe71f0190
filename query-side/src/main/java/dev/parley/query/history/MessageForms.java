package dev.parley.query.history;

import dev.parley.messages.conversation.ConversationEvent.MessageImported;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.springframework.data.elasticsearch.core.ResourceUtil;
import org.springframework.data.elasticsearch.core.document.Document;

/// What other indexes of messages need to be searched in the same language: the same documents under the same mapping.
public final class MessageForms {

    /// What documents are like. To be counted up, here and nowhere else, when the same fact becomes
    /// another document under the same mapping: after a change of [MessageDocument], [Folding],
    /// [Segments] or [Scripts]. Indexes of before are then shown as outdated, until they are built
    /// anew. `MessageFormTest` notices.
    static final int FORM = 1;

    private static final String META = "_meta";
    private static final String SHAPE = "shape";

    private MessageForms() {}

    public static MessageDocument of(MessageSent sent, long position, long seq) {
        return MessageDocument.of(sent, position, seq);
    }

    public static MessageDocument of(MessageImported imported, long position, long seq) {
        return MessageDocument.of(imported, position, seq);
    }

    /// Tells what this code writes into an index of this mapping.
    public static String shape(Document mapping) {
        return FORM + "-" + Integer.toHexString((mapping.toJson() + settings().toJson()).hashCode());
    }

    /// The mapping of an index that keeps its shape, in `_meta`.
    public static Document marked(String shape, Document mapping) {
        Document marked = Document.from(mapping);
        marked.put(META, Map.of(SHAPE, shape));
        return marked;
    }

    /// Whether an index was made for documents of this shape.
    ///
    /// @param mapping of the index
    public static boolean isOf(String shape, Map<String, Object> mapping) {
        return mapping.get(META) instanceof Map<?, ?> meta && shape.equals(meta.get(SHAPE));
    }

    /// Of the current generation; the caller's to change.
    public static Document mapping() {
        return json("mapping");
    }

    public static Document settings() {
        return json("settings");
    }

    private static Document json(String part) {
        ClassPathResource resource =
                new ClassPathResource("elasticsearch/" + MessageIndex.GENERATION + "." + part + ".json");
        return Document.parse(ResourceUtil.readFileFromClasspath(resource.getPath()));
    }
}
