package dev.parley.command.archive;

import dev.parley.command.account.Callers;
import dev.parley.command.account.NickAccounts;
import dev.parley.command.dispatch.WrittenAnswer;
import dev.parley.command.dispatch.WrittenText;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.RejectedException;
import dev.parley.messages.Rejection;
import dev.parley.messages.conversation.ImportReport;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Admins import archives: first the conversation, then the nicks, then the messages batch by batch. Each call can be
/// repeated; an empty batch of messages tells how far the import is.
@RestController
@RequestMapping("/api/v1/admin/imports/{archive}")
class ArchiveController {

    private final ArchiveImport archives;
    private final NickAccounts nicks;
    private final WrittenAnswer answer;

    record ArchiveTitle(@Size(min = 1, max = 200) @Nullable String title) {}

    record ArchiveConversation(ConversationId conversation) {}

    record Nicks(@NotNull @Size(max = 1_000) List<@NotBlank @Size(max = 64) String> nicks) {}

    record NickAccountsAnswer(Map<String, AccountId> accounts) {}

    record Lines(@NotNull @Size(max = 1_000) List<@Valid @NotNull Line> messages) {}

    ArchiveController(ArchiveImport archives, NickAccounts nicks, WrittenAnswer answer) {
        this.archives = archives;
        this.nicks = nicks;
        this.answer = answer;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<ArchiveConversation> start(
            @PathVariable String archive,
            @Valid @RequestBody(required = false) @Nullable ArchiveTitle wanted,
            HttpServletRequest request) {
        AccountId by = Callers.requireAdmin(request);
        String title = wanted == null || wanted.title() == null ? archive : wanted.title();
        requireStorable("title", title);
        ArchiveImport.Opened opened = archives.open(ArchiveName.of(archive), title, by);
        return answer.status(opened.fresh() ? HttpStatus.CREATED : HttpStatus.OK)
                .body(new ArchiveConversation(opened.conversation()));
    }

    @PostMapping("/accounts")
    ResponseEntity<NickAccountsAnswer> accounts(
            @PathVariable String archive, @Valid @RequestBody Nicks wanted, HttpServletRequest request) {
        Callers.requireAdmin(request);
        wanted.nicks().forEach(nick -> requireStorable("nicks", nick));
        Map<String, AccountId> accounts = nicks.register(ArchiveName.of(archive).text(), wanted.nicks());
        return answer.status(HttpStatus.OK).body(new NickAccountsAnswer(accounts));
    }

    @PostMapping("/messages")
    ResponseEntity<ImportReport> messages(
            @PathVariable String archive, @Valid @RequestBody Lines lines, HttpServletRequest request) {
        AccountId by = Callers.requireAdmin(request);
        ImportReport report = archives.take(ArchiveName.of(archive), lines.messages(), by);
        return answer.status(HttpStatus.OK).body(report);
    }

    private static void requireStorable(String field, String text) {
        if (text.isBlank() || !WrittenText.isStorable(text)) {
            throw new RejectedException(Rejection.invalid(field, "This is text, not blank and without U+0000"));
        }
    }
}
