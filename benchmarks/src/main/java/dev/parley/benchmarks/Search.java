package dev.parley.benchmarks;

import dev.parley.benchmarks.Benchmarks.Benchmark;
import dev.parley.benchmarks.Benchmarks.Options;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/// What each kind of search takes on an imported archive, for its members, analysts and auditors, so many at a time.
/// The words are those of the archive that the README imports, taken at random, so that no answer is only remembered.
///
/// Options: `--data` folder of the server, `--at-once`, `--seconds` of each kind, `--rounds`.
final class Search implements Benchmark {

    private static final List<String> WORDS = List.of(
            "ubuntu",
            "kernel",
            "install",
            "sudo",
            "wireless",
            "grub",
            "nvidia",
            "partition",
            "update",
            "mount",
            "sound",
            "driver",
            "firefox",
            "gnome",
            "windows",
            "package",
            "repository",
            "terminal",
            "network",
            "printer",
            "boot",
            "desktop",
            "laptop",
            "screen",
            "keyboard",
            "password",
            "server",
            "upgrade",
            "dapper",
            "warty");
    private static final List<String> PHRASES = List.of(
            "apt get",
            "ubuntu desktop",
            "command line",
            "sources list",
            "dual boot",
            "home directory",
            "video card",
            "root password",
            "hard drive",
            "live cd");

    @Override
    public void run(Options options) throws Exception {
        Client operator = Operator.logIn(options);
        int atOnce = options.number("at-once", 8);
        int seconds = options.number("seconds", 5);
        for (int round = 0; round <= options.number("rounds", 2); round++) {
            System.out.println(round == 0 ? "warm-up" : "round " + round);
            for (Map.Entry<String, Supplier<String>> kind : kinds().entrySet()) {
                Load load = Load.start(
                        atOnce, () -> operator.call("GET", kind.getValue().get(), null));
                Thread.sleep(seconds * 1_000L);
                System.out.printf("  %-44s %s%n", kind.getKey(), load.finish());
            }
        }
    }

    private static Map<String, Supplier<String>> kinds() {
        Map<String, Supplier<String>> kinds = new LinkedHashMap<>();
        people(kinds);
        analysts(kinds);
        kinds.put("auditor: a word, whatever was said", () -> path("audit/search", word()));
        return kinds;
    }

    private static void people(Map<String, Supplier<String>> kinds) {
        kinds.put("member: a word", () -> path("search", word()));
        kinds.put("member: a word, by relevance", () -> path("search", word()) + "&sort=relevance");
        kinds.put("member: two words", () -> path("search", word() + " " + word()));
        kinds.put("member: a phrase", () -> path("search", '"' + any(PHRASES) + '"'));
        kinds.put("member: while typing, three letters", () -> path("search", word().substring(0, 3)));
        kinds.put("member: a typo", () -> path("search", typo(word())));
        kinds.put(
                "member: one word or the other, without a third",
                () -> path("search", word() + " OR " + word() + " -" + word()));
        kinds.put(
                "member: with a link, within a year",
                () -> path("search", word() + " has:link after:2006 before:2008"));
        kinds.put("member: who said it", () -> path("search", word() + " from:Seveas"));
    }

    private static void analysts(Map<String, Supplier<String>> kinds) {
        kinds.put("analyst: a word", () -> path("archive/search", word()));
        kinds.put("analyst: facets of a word", () -> path("archive/facets", word()));
        kinds.put(
                "analyst: a word over the years by month", () -> path("archive/histogram", word()) + "&interval=month");
        kinds.put("analyst: top terms beside a word", () -> path("archive/terms", word()));
    }

    private static String path(String route, String q) {
        return "/api/v1/" + route + "?q=" + URLEncoder.encode(q, StandardCharsets.UTF_8);
    }

    private static String word() {
        return any(WORDS);
    }

    /// Two letters change places, not the first.
    private static String typo(String word) {
        int at = 1 + ThreadLocalRandom.current().nextInt(word.length() - 2);
        return word.substring(0, at) + word.charAt(at + 1) + word.charAt(at) + word.substring(at + 2);
    }

    private static String any(List<String> some) {
        return some.get(ThreadLocalRandom.current().nextInt(some.size()));
    }
}
