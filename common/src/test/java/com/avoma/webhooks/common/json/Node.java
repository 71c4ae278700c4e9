package com.avoma.webhooks.common.json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One Node process that answers a list of texts: a line of base64 each, both ways, and `!` for
/// what it refuses.
final class Node {
    private static final String PROGRAM =
            """
            const utf8 = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true});
            let answers = '';
            require('readline').createInterface({input: process.stdin}).on('line', line => {
                try {
                    const text = utf8.decode(Buffer.from(line, 'base64'));
                    answers += Buffer.from(JSON.stringify(JSON.parse(text))).toString('base64');
                } catch (refused) {
                    answers += '!';
                }
                answers += '\\n';
            }).on('close', () => process.stdout.write(answers));
            """;

    private Node() {}

    static boolean isInstalled() {
        var path = System.getenv().getOrDefault("PATH", "");
        return Pattern.compile(Pattern.quote(System.getProperty("path.separator")))
                .splitAsStream(path)
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "node")));
    }

    /// What `JSON.stringify(JSON.parse(text))` is for each text; null where it throws.
    static List<byte @Nullable []> stringified(List<byte[]> texts)
            throws IOException, InterruptedException {
        var node =
                new ProcessBuilder("node", "-e", PROGRAM)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try {
            var writing = CompletableFuture.runAsync(() -> write(node, texts));
            List<byte @Nullable []> answers = new ArrayList<>(texts.size());
            try (var lines = node.inputReader(StandardCharsets.US_ASCII)) {
                lines.lines().forEach(line -> answers.add(decode(line)));
            }
            writing.join();
            if (node.waitFor() != 0 || answers.size() != texts.size()) {
                throw new IOException(
                        "node: %d answers to %d texts".formatted(answers.size(), texts.size()));
            }
            return answers;
        } finally {
            node.destroy();
        }
    }

    private static void write(Process node, List<byte[]> texts) {
        try (var out = node.outputWriter(StandardCharsets.US_ASCII)) {
            for (byte[] text : texts) {
                out.write(Base64.getEncoder().encodeToString(text));
                out.write('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte @Nullable [] decode(String line) {
        return line.equals("!") ? null : Base64.getDecoder().decode(line);
    }
}
