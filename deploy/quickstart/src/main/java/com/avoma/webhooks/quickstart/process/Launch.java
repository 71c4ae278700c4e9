package com.avoma.webhooks.quickstart.process;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// How a part is started: all that is needed to start it again with the same settings and data.
///
/// @param environment the whole environment, nothing is inherited
/// @param directory where it runs, an absolute path
/// @param log takes its output, an absolute path
/// @param mark a text that is in the command line of this part of this quickstart and of no other
///   process, within the first 2,000 bytes
/// @param ready what answers once it is ready, see [Readiness]
public record Launch(
        Part part,
        List<String> command,
        Map<String, String> environment,
        String directory,
        String log,
        String mark,
        String ready) {

    public Launch {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    public Path logFile() {
        return Path.of(log);
    }

    public URI readyAddress() {
        return URI.create(ready);
    }
}
