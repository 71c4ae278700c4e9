package com.avoma.webhooks.config.console.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.signature.Signatures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnippetTest {
    private static final String SECRET = "0123456789abcdef";
    private static final String BODY = "{\"subject\":\"Café 🎉\"}";

    @TempDir private Path directory;

    @Test
    void hasTheRealHeaderInEachOfTheSixLanguages() {
        assertThat(Snippet.ALL)
                .extracting(Snippet::language)
                .containsExactly("Node.js", "Python", "Java", "Go", "Ruby", "PHP");
        assertThat(Snippet.ALL)
                .allSatisfy(snippet ->
                        assertThat(snippet.code())
                                .containsIgnoringCase(
                                        snippet.id().equals("php")
                                                ? "HTTP_X_AVOMA_SIGNATURE"
                                                : Signatures.AVOMA_HEADER)
                                .doesNotContain("{{"));
    }

    @Test
    void verifiesInNode() throws Exception {
        var program =
                code("node")
                        + """
                        const [body, signature, secret] = process.argv.slice(2);
                        console.log(isFromAvoma(Buffer.from(body), {'x-avoma-signature': signature}, secret));
                        """;

        verifies("node", "verify.js", program, "true", "false");
    }

    @Test
    void verifiesInPython() throws Exception {
        var program =
                code("python")
                        + """

                        import sys
                        body, signature, secret = sys.argv[1:]
                        print(is_from_avoma(body.encode(), {"X-Avoma-Signature": signature}, secret))
                        """;

        verifies("python3", "verify.py", program, "True", "False");
    }

    @Test
    void verifiesInJava() throws Exception {
        var program =
                code("java")
                        .replace(
                                "class AvomaSignature {",
                                """
                                class AvomaSignature {
                                    public static void main(String[] args) throws Exception {
                                        System.out.println(isValid(args[0].getBytes(StandardCharsets.UTF_8), args[1], args[2]));
                                    }
                                """);

        verifies(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "AvomaSignature.java",
                program,
                "true",
                "false");
    }

    private void verifies(String command, String file, String program, String yes, String no)
            throws Exception {
        Assumptions.assumeTrue(installed(command), "no " + command);
        var script = Files.writeString(directory.resolve(file), program);
        var right = Signatures.avoma(SECRET, BODY.getBytes(StandardCharsets.UTF_8));
        var wrong = (right.startsWith("0") ? "1" : "0") + right.substring(1);

        assertThat(run(command, script, right)).isEqualTo(yes);
        assertThat(run(command, script, wrong)).isEqualTo(no);
        assertThat(run(command, script, "")).isEqualTo(no);
    }

    private static String run(String command, Path script, String signature) throws Exception {
        var builder = new ProcessBuilder(command, script.toString(), BODY, signature, SECRET);
        builder.environment().put("LC_ALL", "C.UTF-8");
        var process = builder.redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return output.strip();
    }

    private static boolean installed(String command) throws InterruptedException {
        try {
            var process =
                    new ProcessBuilder(List.of(command, "--version"))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException _) {
            return false;
        }
    }

    private static String code(String id) {
        return Snippet.ALL.stream()
                .filter(snippet -> snippet.id().equals(id))
                .findFirst()
                .orElseThrow()
                .code();
    }
}
