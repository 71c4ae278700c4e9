package com.avoma.webhooks.benchmark.picture;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Shapes one after the other, as SVG 1.1. Lengths are pixels, from the upper left corner.
final class Svg {
    private final StringBuilder shapes = new StringBuilder();

    /// Where a text's place is in it.
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    record Point(double x, double y) {}

    void text(double x, double y, Anchor anchor, String words) {
        text(x, y, anchor, "", words);
    }

    void heading(double x, double y, String words) {
        text(x, y, Anchor.START, " font-weight=\"bold\" font-size=\"15\"", words);
    }

    private void text(double x, double y, Anchor anchor, String style, String words) {
        add(
                "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\"%s>%s</text>"
                        .formatted(
                                number(x),
                                number(y),
                                anchor.name().toLowerCase(Locale.ROOT),
                                style,
                                escaped(words)));
    }

    void box(Point corner, double width, double height, String colour) {
        add(
                "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"%s\"/>"
                        .formatted(
                                number(corner.x()),
                                number(corner.y()),
                                number(width),
                                number(height),
                                colour));
    }

    /// @param width of the stroke
    void line(Point from, Point to, String colour, double width) {
        add(
                "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"%s\" stroke-width=\"%s\"/>"
                        .formatted(
                                number(from.x()),
                                number(from.y()),
                                number(to.x()),
                                number(to.y()),
                                colour,
                                number(width)));
    }

    /// A line through the points, with a dot on each.
    void curve(List<Point> points, String colour) {
        var places =
                points.stream()
                        .map(point -> number(point.x()) + "," + number(point.y()))
                        .collect(Collectors.joining(" "));
        add(
                "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>"
                        .formatted(places, colour));
        for (var point : points) {
            add(
                    "<circle cx=\"%s\" cy=\"%s\" r=\"3.5\" fill=\"%s\"/>"
                            .formatted(number(point.x()), number(point.y()), colour));
        }
    }

    /// The whole document, on white.
    String document(double width, double height) {
        return """
        <?xml version="1.0" encoding="UTF-8"?>
        <svg xmlns="http://www.w3.org/2000/svg" width="%1$s" height="%2$s" viewBox="0 0 %1$s %2$s" font-family="Helvetica, Arial, sans-serif" font-size="13" fill="#222222">
        <rect width="100%%" height="100%%" fill="#ffffff"/>
        %3$s</svg>
        """
                .formatted(number(width), number(height), shapes);
    }

    private void add(String shape) {
        shapes.append(shape).append('\n');
    }

    /// A tenth of a pixel is seen by nobody.
    private static String number(double value) {
        var text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    private static String escaped(String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
