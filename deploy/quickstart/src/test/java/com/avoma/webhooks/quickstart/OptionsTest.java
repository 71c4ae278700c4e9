package com.avoma.webhooks.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.quickstart.Options.Parsed.Help;
import com.avoma.webhooks.quickstart.Options.Parsed.Rejected;
import com.avoma.webhooks.quickstart.Options.Parsed.Run;
import com.avoma.webhooks.quickstart.Options.Port;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OptionsTest {
    private static final Path USUAL = Path.of("/somewhere/.quickstart");

    @Test
    void hasTheDocumentedDefaults() {
        var options = options();
        assertThat(options.data()).isEqualTo(USUAL);
        assertThat(options.fresh()).isFalse();
        assertThat(options.once()).isFalse();
        assertThat(options.sample()).isTrue();
        assertThat(options.port(Port.HTTP)).isEqualTo(8080);
        assertThat(options.port(Port.KAFKA)).isEqualTo(9092);
        assertThat(options.port(Port.POSTGRES)).isEqualTo(5432);
        assertThat(options.port(Port.CONFIG_MANAGEMENT)).isEqualTo(9080);
        assertThat(options.port(Port.DISPATCHER_MANAGEMENT)).isEqualTo(9081);
        assertThat(options.port(Port.DELIVERY_MANAGEMENT)).isEqualTo(9082);
        assertThat(options.port(Port.RECEIVER)).isEqualTo(8443);
    }

    @Test
    void takesEveryOptionInEitherForm() {
        var options = options("--fresh", "--once", "--data", "/x/../y", "--http-port=18080");
        assertThat(options.fresh()).isTrue();
        assertThat(options.once()).isTrue();
        assertThat(options.data()).isEqualTo(Path.of("/y"));
        assertThat(options.port(Port.HTTP)).isEqualTo(18080);
        assertThat(options("--data=/z", "--no-sample").sample()).isFalse();
    }

    @Test
    void takesRelativeDirectoriesFromWhereItIsRun() {
        assertThat(options("--data", "there").data())
                .isEqualTo(Path.of("there").toAbsolutePath())
                .isAbsolute();
    }

    @ParameterizedTest
    @EnumSource(Port.class)
    void movesEveryPort(Port port) {
        assertThat(options(port.option(), "20001").port(port)).isEqualTo(20001);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--speed | quickstart: there is no option --speed (./quickstart --help lists them).",
                "start | quickstart: there is no option start (./quickstart --help lists them).",
                "--http-port | quickstart: --http-port needs a value.",
                "--http-port=x | quickstart: --http-port: x (expected: a number from 1 to 65535).",
                "--kafka-port=0 | quickstart: --kafka-port: 0 (expected: a number from 1 to 65535).",
                "--kafka-port=65536 | quickstart: --kafka-port: 65536 (expected: a number from 1 to 65535).",
                "--kafka-port=-1 | quickstart: --kafka-port: -1 (expected: a number from 1 to 65535).",
                "--fresh=yes | quickstart: --fresh takes no value.",
                "--data | quickstart: --data needs a value.",
                "--data= | quickstart: --data needs a directory.",
                "--kafka=broker | quickstart: --kafka: broker (expected: host:port,host:port...).",
                "--kafka=a:1,b | quickstart: --kafka: a:1,b (expected: host:port,host:port...).",
                "--http-port=9092 | quickstart: --http-port and --kafka-port are both 9092.",
            })
    void refusesWithOneSentence(String argument, String sentence) {
        assertThat(Options.parse(List.of(argument), USUAL)).isEqualTo(new Rejected(sentence));
    }

    @Test
    void refusesToWaitForSamplesThatAreLeftOut() {
        assertThat(Options.parse(List.of("--once", "--no-sample"), USUAL))
                .isInstanceOf(Rejected.class);
    }

    @Test
    void doesNotMindTheReceiversPortWhereThereIsNoReceiver() {
        var options = options("--no-sample", "--http-port", "8443");
        assertThat(options.opened()).contains(Port.HTTP).doesNotContain(Port.RECEIVER);
    }

    @Test
    void startsNoBrokerWhereOthersRun() {
        var options = options("--kafka", "one:9092,two:9093", "--http-port", "9092");
        assertThat(options.kafka()).isEqualTo("one:9092,two:9093");
        assertThat(options.startsKafka()).isFalse();
        assertThat(options.opened()).doesNotContain(Port.KAFKA);
        assertThat(options().startsKafka()).isTrue();
    }

    @Test
    void listsEveryOptionInItsHelp() {
        var parsed = Options.parse(List.of("--fresh", "--help"), USUAL);
        assertThat(parsed).isInstanceOf(Help.class);
        var text = ((Help) parsed).text();
        assertThat(text)
                .contains(
                        "--once", "--data", "--fresh", "--no-sample", "--kafka", USUAL.toString());
        for (var port : Port.values()) {
            assertThat(text).contains(port.option());
        }
    }

    private static Options options(String... arguments) {
        var parsed = Options.parse(List.of(arguments), USUAL);
        assertThat(parsed).isInstanceOf(Run.class);
        return ((Run) parsed).options();
    }
}
