package dev.parley.messages.serialization;

import static org.assertj.core.api.Assertions.assertThat;

import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.TrackingToken;
import org.junit.jupiter.api.Test;

/// The positions of processors are stored with the same serializer as facts.
class TokenSerializationTest {

    private final ParleySerializer serializer = ParleySerializer.create();

    @Test
    void aPositionIsReadBack() {
        assertThat(readBack(new GlobalSequenceTrackingToken(7))).isEqualTo(new GlobalSequenceTrackingToken(7));
    }

    @Test
    void aReplayIsReadBack() {
        TrackingToken replay =
                ReplayToken.createReplayToken(new GlobalSequenceTrackingToken(7), new GlobalSequenceTrackingToken(-1));
        assertThat(readBack(replay)).isEqualTo(replay);
    }

    private TrackingToken readBack(TrackingToken token) {
        return serializer.deserialize(serializer.serialize(token, byte[].class));
    }
}
