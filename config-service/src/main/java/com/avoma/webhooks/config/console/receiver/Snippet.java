package com.avoma.webhooks.config.console.receiver;

import com.avoma.webhooks.common.signature.Signatures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/// How to verify a signature in a language.
record Snippet(String id, String language, String code) {
    /// The six languages.
    static final List<Snippet> ALL =
            List.of(
                    read("node", "Node.js"),
                    read("python", "Python"),
                    read("java", "Java"),
                    read("go", "Go"),
                    read("ruby", "Ruby"),
                    read("php", "PHP"));

    private static Snippet read(String id, String language) {
        try (var in = Snippet.class.getResourceAsStream("/snippets/" + id + ".txt")) {
            if (in == null) {
                throw new IllegalStateException("no snippet " + id);
            }
            var name = Signatures.AVOMA_HEADER;
            var upper = name.toUpperCase(Locale.ROOT).replace('-', '_');
            var code =
                    new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .replace("{{signature_header}}", name)
                            .replace("{{signature_header_lower}}", name.toLowerCase(Locale.ROOT))
                            .replace("{{signature_header_php}}", "HTTP_" + upper);
            return new Snippet(id, language, code);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
