package com.avoma.webhooks.benchmark.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How a JVM is started.
public final class JavaCommand {
    /// What the libraries need on this JDK.
    private static final List<String> NEEDED =
            List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

    private JavaCommand() {}

    /// A class of this benchmark's own class path.
    public static List<String> of(Class<?> main, List<String> options, List<String> words) {
        var command = begun(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(words);
        return command;
    }

    /// A jar that is a program by itself.
    public static List<String> of(Path jar, List<String> options, List<String> words) {
        var command = begun(options);
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(words);
        return command;
    }

    private static List<String> begun(List<String> options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(NEEDED);
        command.addAll(options);
        return command;
    }
}
