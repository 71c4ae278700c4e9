package com.avoma.webhooks.quickstart;

import com.avoma.webhooks.quickstart.data.DataDirectory;
import com.avoma.webhooks.quickstart.data.EnvironmentFile;
import com.avoma.webhooks.quickstart.data.PrivateFiles;
import com.avoma.webhooks.quickstart.lifecycle.Restart;
import com.avoma.webhooks.quickstart.process.Part;
import com.avoma.webhooks.quickstart.seed.Publish;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The small commands that a running quickstart leaves in its data directory.
final class Scripts {
    private final DataDirectory data;
    private final String java;
    private final String classPath;
    private final String topicPrefix;

    Scripts(DataDirectory data, String java, String classPath, String topicPrefix) {
        this.data = data;
        this.java = java;
        this.classPath = classPath;
        this.topicPrefix = topicPrefix;
    }

    void write() {
        script("restart", Restart.class, List.of(data.root().toString()));
        script("publish", Publish.class, List.of(data.root().toString(), topicPrefix));
    }

    /// One shell command that brings the part back.
    String restart(Part part) {
        return command("restart") + " " + part.id();
    }

    /// One shell command that publishes a sample event; the type follows.
    String publish() {
        return command("publish");
    }

    private String command(String name) {
        return EnvironmentFile.quote(data.file("bin").resolve(name).toString());
    }

    private void script(String name, Class<?> program, List<String> arguments) {
        var words =
                List.of(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx64m",
                        "-Dlogback.configurationFile=com/avoma/webhooks/quickstart/quickstart-logback.xml",
                        "-Dwebhooks.quickstart.log=" + data.logs().resolve(name + ".log"),
                        "-cp",
                        classPath,
                        program.getName());
        var line =
                Stream.concat(words.stream(), arguments.stream())
                        .map(EnvironmentFile::quote)
                        .collect(Collectors.joining(" "));
        PrivateFiles.writeScript(
                data.file("bin").resolve(name), "#!/bin/sh\nexec %s \"$@\"\n".formatted(line));
    }
}
