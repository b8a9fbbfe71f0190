package dev.parley.notifications.preference;

import dev.parley.messages.AccountId;
import dev.parley.notifications.NotificationsProperties;
import java.security.Principal;
import java.time.ZoneId;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// What a caller wants to be rung for.
@RestController
@RequestMapping("/api/v1/notifications/preferences")
class PreferencesController {

    private final PreferenceStore store;
    private final Chosen defaults;

    PreferencesController(PreferenceStore store, NotificationsProperties properties) {
        this.store = store;
        this.defaults = new Chosen(ZoneId.of("UTC"), new Preferences(true, properties.mentionsBreakMute(), null));
    }

    @GetMapping
    PreferencesView get(Principal principal) {
        Chosen chosen = store.find(account(principal));
        return PreferencesView.of(chosen == null ? defaults : chosen);
    }

    /// Replaces everything: an absent field is as for an account that never said anything.
    @PutMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void replace(@RequestBody PreferencesUpdate update, Principal principal) {
        store.put(account(principal), update.over(defaults));
    }

    private static AccountId account(Principal principal) {
        return AccountId.of(principal.getName());
    }
}
