package dev.parley.query.archive;

import dev.parley.query.history.AttachedDocument;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Comma-separated values (RFC 4180) in UTF-8: a header line, CRLF after each record, every field in
/// quotes.
///
/// A spreadsheet takes a field that begins like a formula for one, also in quotes, and would run what
/// somebody wrote in a message. Such a field gets an apostrophe before it, as OWASP recommends ("CSV
/// Injection"); NDJSON has the text as it is.
final class CsvFormat implements ExportFormat {

    private static final String COLUMNS =
            "position,at,conversation,title,seq,id,sender,username,name,body,imported,replyTo,mentions,attachments,editedAt";
    /// Also as wide forms, which some spreadsheets take for the same.
    private static final String DANGEROUS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20|%";

    @Override
    public String mediaType() {
        return "text/csv;charset=UTF-8;header=present";
    }

    @Override
    public String fileName() {
        return "archive.csv";
    }

    @Override
    public String head() {
        return Stream.of(COLUMNS.split(",")).map(CsvFormat::quoted).collect(Collectors.joining(",")) + "\r\n";
    }

    @Override
    public String line(Exported message) {
        return Stream.of(
                                message.position(),
                                message.at(),
                                message.conversation(),
                                text(message.title()),
                                message.seq(),
                                message.id(),
                                message.sender(),
                                text(message.username()),
                                text(message.name()),
                                text(message.body()),
                                message.imported() == null ? "" : "true",
                                text(message.replyTo()),
                                message.mentions() == null ? "" : String.join(" ", message.mentions()),
                                attachments(message),
                                message.editedAt() == null ? "" : message.editedAt())
                        .map(value -> quoted(value.toString()))
                        .collect(Collectors.joining(","))
                + "\r\n";
    }

    @Override
    public boolean tellsItsEnd() {
        return false;
    }

    @Override
    public String end(Export.End end) {
        return "";
    }

    private static String attachments(Exported message) {
        return message.attachments() == null
                ? ""
                : message.attachments().stream().map(AttachedDocument::uri).collect(Collectors.joining(" "));
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    static String quoted(String field) {
        String safe = !field.isEmpty() && DANGEROUS.indexOf(field.charAt(0)) >= 0 ? "'" + field : field;
        return '"' + safe.replace("\"", "\"\"") + '"';
    }
}
