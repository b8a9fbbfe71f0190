package dev.parley.notifications.explain;

import dev.parley.messages.AccountId;
import dev.parley.messages.MessageId;
import dev.parley.messages.RejectedException;
import dev.parley.messages.Rejection;
import dev.parley.notifications.explain.PushExplanation.PushRow;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Why did it ring, and why did it not? The app lets nobody but admins in here.
@RestController
@RequestMapping("/api/v1/admin/push")
class ExplainController {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 200;

    private final ExplainStore store;
    private final OverviewSource overview;

    ExplainController(ExplainStore store, OverviewSource overview) {
        this.store = store;
        this.overview = overview;
    }

    /// What became of everything, and what is wrong now.
    @GetMapping("/overview")
    PushOverview overview() {
        return overview.now();
    }

    /// The rows about one message, or of one device. A device without a row about a message
    /// acknowledged it in time, or was not eligible.
    ///
    /// @param message either this
    /// @param device or this
    /// @param account the device's owner; devices of several accounts may have one name
    @GetMapping
    PushExplanation explain(
            @RequestParam(required = false) @Nullable String message,
            @RequestParam(required = false) @Nullable String device,
            @RequestParam(required = false) @Nullable String account,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int most = limit(limit);
        PageKey before = PageKey.of(cursor);
        if (message != null && device == null) {
            MessageId id = read(message, MessageId::of, "message", "A message's id is a UUID of version 7");
            return page(store.messages(id), store.ofMessage(id, before, most + 1), most);
        } else if (device != null && message == null) {
            AccountId owner =
                    account == null ? null : read(account, AccountId::of, "account", "An account's id is a UUID");
            return page(null, store.ofDevice(device, owner, before, most + 1), most);
        }
        throw new RejectedException(Rejection.invalid("message", "Ask for either a message or a device"));
    }

    /// @param rows one more than the page holds, where there are more
    private static PushExplanation page(
            @Nullable List<PushExplanation.ExplainedMessage> messages, List<PushRow> rows, int most) {
        if (rows.size() <= most) {
            return new PushExplanation(messages, rows, null);
        }
        List<PushRow> page = rows.subList(0, most);
        PushRow last = page.getLast();
        return new PushExplanation(messages, page, new PageKey(last.created(), last.id()).cursor());
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        int limit = read(text, Integer::parseInt, "limit", "From 1 to " + MAX_LIMIT);
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new RejectedException(Rejection.invalid("limit", "From 1 to " + MAX_LIMIT));
        }
        return limit;
    }

    private static <T> T read(String text, Function<String, T> read, String field, String detail) {
        try {
            return read.apply(text);
        } catch (IllegalArgumentException e) {
            throw new RejectedException(Rejection.invalid(field, detail));
        }
    }
}
