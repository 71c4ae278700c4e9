package com.avoma.webhooks.benchmark.picture;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.benchmark.picture.Svg.Anchor;
import com.avoma.webhooks.benchmark.picture.Svg.Point;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

class SvgTest {
    private final Svg svg = new Svg();

    @Test
    void isWellFormedWhateverTheWords() throws Exception {
        svg.text(1, 2, Anchor.START, "p99 < 50 ms & \"more\" > 0");

        var document = parsed(svg.document(100, 50));

        var text = document.getElementsByTagName("text").item(0);
        assertThat(text.getTextContent()).isEqualTo("p99 < 50 ms & \"more\" > 0");
    }

    @Test
    void writesNumbersWithAPointWhereverItRuns() {
        var usual = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            svg.box(new Point(1.25, 2), 3.5, 4, "#ffffff");
        } finally {
            Locale.setDefault(usual);
        }
        assertThat(svg.document(10, 10))
                .contains("<rect x=\"1.3\" y=\"2\" width=\"3.5\" height=\"4\" fill=\"#ffffff\"/>");
    }

    @Test
    void putsADotOnEachPointOfACurve() throws Exception {
        svg.curve(List.of(new Point(0, 1), new Point(2, 3)), "#000000");

        var document = parsed(svg.document(10, 10));

        assertThat(document.getElementsByTagName("circle").getLength()).isEqualTo(2);
        var curve = document.getElementsByTagName("polyline").item(0).getAttributes();
        assertThat(curve.getNamedItem("points").getNodeValue()).isEqualTo("0,1 2,3");
    }

    private static org.w3c.dom.Document parsed(String text) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
