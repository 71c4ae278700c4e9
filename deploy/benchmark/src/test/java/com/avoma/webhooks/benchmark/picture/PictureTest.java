package com.avoma.webhooks.benchmark.picture;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.benchmark.report.Goal;
import com.avoma.webhooks.benchmark.report.Lateness;
import com.avoma.webhooks.benchmark.report.Result;
import com.avoma.webhooks.benchmark.report.Series;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class PictureTest {
    private static final Result DRAIN =
            new Result(
                    "a",
                    "connections kept",
                    List.of(
                            Series.of("delivery-service, deliveries per CPU s", 15_000),
                            Series.of("bare Netty client, requests per CPU s", 47_714),
                            new Series("ratio", List.of(0.3, 0.32, 0.36), Goal.atLeast(0.4)),
                            Series.of("requests received more than once", 0)),
                    List.of());

    private static final Result RATES =
            new Result(
                    "c",
                    "event to 2xx",
                    List.of(),
                    List.of(at(200, true), at(400, true), at(800, false)),
                    List.of());

    private static final Result ISOLATION =
            new Result(
                    "d",
                    "isolation",
                    List.of(new Series("ratio of the p99s", List.of(0.59), Goal.below(1.1))),
                    List.of(at(500, true), at(500, true)),
                    List.of());

    @Test
    void hasTheRatiosFirstWithTheirGoals() {
        var texts = texts(DRAIN, RATES, ISOLATION);

        assertThat(texts)
                .containsSubsequence(
                        "Ratios to the baseline of the same run",
                        "(a) ratio",
                        "0.320, goal: at least 0.40",
                        "(d) ratio of the p99s",
                        "0.590, goal: below 1.10",
                        "(a) work per CPU second")
                .doesNotContain("requests received more than once");
    }

    @Test
    void drawsACurveForEachPercentileAndSaysWhichRateWasNotKept() {
        var texts = texts(RATES);

        assertThat(texts)
                .contains("200", "400", "800", "events published a second", "ms late")
                .containsOnlyOnce("not kept")
                .containsSubsequence("p50", "p90", "p99", "p99.9", "max");
        assertThat(Picture.of("a machine", List.of(RATES)).split("<polyline")).hasSize(6);
    }

    @Test
    void putsWhatIsOfOneRateSideBySide() {
        assertThat(texts(ISOLATION)).contains("(d) lateness at 500 a second", "p99, 500 a second");
    }

    @Test
    void namesTheMachineThatTheFiguresAreOf() {
        assertThat(texts(DRAIN).getFirst()).isEqualTo("Avoma Webhooks, a machine");
    }

    @Test
    void isWrittenBesideTheReport(@TempDir Path directory) throws IOException {
        var report = directory.resolve("benchmark-20261129-214907.json");

        var file = Picture.write(report, "a machine", List.of(DRAIN, RATES, ISOLATION));

        assertThat(file).isEqualTo(directory.resolve("benchmark-20261129-214907.svg"));
        assertThat(Files.readString(file)).startsWith("<?xml").endsWith("</svg>\n");
    }

    private static Lateness at(int rate, boolean isKept) {
        var histogram = new Histogram(3);
        for (int micros = 1; micros <= 10_000; micros++) {
            histogram.recordValue((long) micros * rate / 100);
        }
        return Lateness.of(rate + " a second", rate, isKept, List.of(histogram));
    }

    private static List<String> texts(Result... results) {
        try {
            var text = Picture.of("a machine", List.of(results));
            var found =
                    DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(new InputSource(new StringReader(text)))
                            .getElementsByTagName("text");
            return java.util.stream.IntStream.range(0, found.getLength())
                    .mapToObj(i -> found.item(i).getTextContent())
                    .toList();
        } catch (Exception e) {
            throw new AssertionError("not a picture", e);
        }
    }
}
