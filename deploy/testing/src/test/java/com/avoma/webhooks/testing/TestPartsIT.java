package com.avoma.webhooks.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@Timeout(300)
class TestPartsIT {
    private static final Logger log = LoggerFactory.getLogger(TestPartsIT.class);

    @ParameterizedTest
    @EnumSource
    void startsARealBroker(TestParts parts) throws Exception {
        skipContainersWithoutAnEngine(parts);
        String servers =
                parts == TestParts.chosen()
                        ? TestBroker.bootstrapServers()
                        : TestBroker.start(parts);
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", servers))) {
            admin.createTopics(List.of(new NewTopic("one", Optional.of(3), Optional.empty())))
                    .all()
                    .get();
            // a broker's own view of its topics follows the controller's
            await().untilAsserted(
                            () -> assertThat(admin.listTopics().names().get()).contains("one"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void startsARealDatabase(TestParts parts) throws Exception {
        skipContainersWithoutAnEngine(parts);
        TestDatabase database =
                parts == TestParts.chosen()
                        ? TestDatabase.fresh()
                        : TestDatabase.start(parts).create("switched");
        assertThat(query(database, "show server_version")).startsWith("18.");
    }

    @Test
    void givesEachTestADatabaseOfItsOwn() throws Exception {
        TestDatabase one = TestDatabase.fresh();
        TestDatabase other = TestDatabase.fresh();
        assertThat(one.name()).isNotEqualTo(other.name());
        assertThat(query(one, "create table mine (id int); select current_user"))
                .isEqualTo("webhooks");
        assertThat(query(other, "select count(*) from pg_tables where tablename = 'mine'"))
                .isEqualTo("0");
        assertThat(one.r2dbcUrl())
                .isEqualTo(
                        "r2dbc:postgresql://" + one.host() + ":" + one.port() + "/" + one.name());
    }

    @Test
    void readsWhatWasSentWithAndWithoutAGroup() throws Exception {
        String topic = TestTopics.prefix() + "records";
        try (Admin admin = TestBroker.admin()) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(3), Optional.empty())))
                    .all()
                    .get();
        }
        try (KafkaProducer<byte[], byte[]> producer = TestBroker.producer()) {
            for (int key = 0; key < 10; key++) {
                byte[] bytes = Integer.toString(key).getBytes(StandardCharsets.UTF_8);
                producer.send(new ProducerRecord<>(topic, bytes, bytes)).get();
            }
        }
        try (KafkaConsumer<byte[], byte[]> alone = TestBroker.consumer(List.of(topic));
                KafkaConsumer<byte[], byte[]> member =
                        TestBroker.consumer(topic + "-group", List.of(topic))) {
            List<String> sent = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
            assertThat(read(alone, 10)).containsExactlyInAnyOrderElementsOf(sent);
            assertThat(read(member, 10)).containsExactlyInAnyOrderElementsOf(sent);
        }
    }

    @Test
    void givesEachTestAPrefixOfItsOwn() {
        assertThat(TestTopics.prefix()).matches("t\\d+-").isNotEqualTo(TestTopics.prefix());
    }

    private static void skipContainersWithoutAnEngine(TestParts parts) {
        boolean possible = parts == TestParts.EMBEDDED || TestParts.engineAnswers();
        if (!possible) {
            log.info("skipped {}: no Docker engine answers", parts);
        }
        assumeThat(possible).as("%s: a Docker engine answers", parts).isTrue();
    }

    private static List<String> read(KafkaConsumer<byte[], byte[]> consumer, int count) {
        List<String> values = new ArrayList<>();
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (values.size() < count && System.nanoTime() < deadline) {
            consumer.poll(Duration.ofMillis(200))
                    .forEach(read -> values.add(new String(read.value(), StandardCharsets.UTF_8)));
        }
        return values;
    }

    private static String query(TestDatabase database, String statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl());
                var statement = connection.createStatement()) {
            boolean rows = statement.execute(statements);
            while (!rows) {
                rows = statement.getMoreResults();
            }
            assertThat(statement.getResultSet().next()).isTrue();
            return statement.getResultSet().getString(1);
        }
    }
}
