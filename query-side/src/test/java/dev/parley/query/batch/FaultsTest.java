package dev.parley.query.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.axonframework.serialization.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.elasticsearch.BulkFailureException;
import org.springframework.data.elasticsearch.BulkFailureException.FailureDetails;
import org.springframework.data.elasticsearch.UncategorizedElasticsearchException;

class FaultsTest {

    @ParameterizedTest
    @CsvSource({"22021, true", "23502, true", "54000, true", "08006, false", "40P01, false", "40001, false"})
    @CsvSource({"53100, false", "57P01, false", "42P01, false", "55P03, false", "25006, false"})
    void postgresqlSaysWhetherDataIsToBlame(String state, boolean data) {
        SQLException refused = new SQLException("refused", state);
        assertThat(Faults.areOfTheFacts(new DataIntegrityViolationException("refused", refused)))
                .isEqualTo(data);
    }

    @ParameterizedTest
    @CsvSource({"400, false", "413, true", "409, false", "429, false", "404, false", "403, false", "503, false"})
    void aRequestThatIsRefusedIsNotTheFactsFaultUnlessItIsTooLarge(int status, boolean data) {
        assertThat(Faults.areOfTheFacts(new UncategorizedElasticsearchException("refused", status, null, null)))
                .isEqualTo(data);
    }

    @Test
    void aBulkRequestIsRepeatedWholeWhileAnyItemMayGoThrough() {
        assertThat(Faults.areOfTheFacts(bulk(400))).isTrue();
        assertThat(Faults.areOfTheFacts(bulk(400, 409))).isTrue();
        assertThat(Faults.areOfTheFacts(bulk(400, 429))).isFalse();
        assertThat(Faults.areOfTheFacts(bulk(400, 503))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(classes = {IllegalStateException.class, RuntimeException.class})
    void whatNobodyKnowsPasses(Class<? extends RuntimeException> type) throws Exception {
        assertThat(Faults.areOfTheFacts(type.getConstructor(String.class).newInstance("?")))
                .isFalse();
    }

    @Test
    void codeThatFailsAtAFactFailsAgainUnlessTheNetworkIsTheCause() {
        assertThat(Faults.areOfTheFacts(new ArithmeticException("long overflow")))
                .isTrue();
        assertThat(Faults.areOfTheFacts(new SerializationException("unreadable")))
                .isTrue();
        assertThat(Faults.areOfTheFacts(new IllegalArgumentException(new IOException("cut off"))))
                .isFalse();
    }

    @Test
    void kindsOfFailureAreToldWithoutWhatTheySay() {
        assertThat(Faults.kinds(new IllegalStateException(
                        "secret", new DataIntegrityViolationException("text", new SQLException("more", "23505")))))
                .isEqualTo("IllegalStateException < DataIntegrityViolationException < SQLException 23505");
        assertThat(Faults.kinds(bulk(429, 400))).isEqualTo("BulkFailureException [400, 429] 2");
    }

    private static BulkFailureException bulk(int... statuses) {
        Map<String, FailureDetails> items = IntStream.of(statuses)
                .boxed()
                .collect(Collectors.toMap(Object::toString, status -> new FailureDetails(status, "refused")));
        return new BulkFailureException("refused", items);
    }
}
