package dev.parley.app.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ScreenTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private final AtomicLong clock = new AtomicLong();

    @Test
    void terminalDrawsOverOneLine() {
        Screen screen = new Screen(out, true, clock::get);
        screen.progress(() -> "10%");
        pass(Duration.ofMillis(50));
        screen.progress(() -> "too soon");
        pass(Duration.ofMillis(50));
        screen.progress(() -> "20%");
        screen.print("done");
        assertThat(shown()).isEqualTo("\r\033[K10%\r\033[K20%\r\033[Kdone\n");
    }

    @Test
    void fileGetsALineEveryFiveSeconds() {
        Screen screen = new Screen(out, false, clock::get);
        for (int second = 0; second <= 11; second++) {
            String line = second + " s";
            screen.progress(() -> line);
            pass(Duration.ofSeconds(1));
        }
        assertThat(shown()).isEqualTo("5 s\n10 s\n");
    }

    @Test
    void firstNoticeIsShownAtOnce() {
        Screen screen = new Screen(out, false, clock::get);
        screen.notice("waiting");
        screen.notice("waiting still");
        assertThat(shown()).isEqualTo("  waiting\n");
    }

    @Test
    void drawnLineIsEndedBeforeOtherOutput() {
        Screen screen = new Screen(out, true, clock::get);
        screen.progress(() -> "10%");
        screen.end();
        screen.end();
        assertThat(shown()).isEqualTo("\r\033[K10%\n");
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    private String shown() {
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
