package dev.parley.delivery.frames;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.delivery.frames.ServerFrame.Problem;
import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ServerFrameTest {

    @Test
    void problemSaysWhenToAskAgain() {
        Problem problem = Problem.of("m1", Rejection.rateLimited("Too fast", Duration.ofMillis(1500)));
        assertThat(FrameWriter.JSON.write(problem))
                .isEqualTo(
                        "{\"type\":\"problem\",\"id\":\"m1\",\"code\":\"rate-limited\",\"detail\":\"Too fast\",\"retryAfterMs\":1500}");
    }

    @Test
    void problemThatWillNotPassSaysNothingOfIt() {
        Problem problem = Problem.of("m1", new Rejection(RejectionCode.FORBIDDEN, "Readers only read"));
        assertThat(FrameWriter.JSON.write(problem))
                .doesNotContain("retryAfterMs")
                .doesNotContain("field");
    }
}
