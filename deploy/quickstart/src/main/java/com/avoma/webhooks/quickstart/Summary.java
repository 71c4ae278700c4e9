package com.avoma.webhooks.quickstart;

import com.avoma.webhooks.quickstart.Options.Port;
import com.avoma.webhooks.quickstart.data.DataDirectory;
import com.avoma.webhooks.quickstart.identity.Installation;
import com.avoma.webhooks.quickstart.terminal.Screen;
import java.time.Duration;

/// What one needs to know once everything runs.
record Summary(Options options, DataDirectory data, Scripts scripts, Installation installation) {
    String text(Duration readyAfter) {
        var api = Variables.http(options, Port.HTTP);
        return """

        Avoma Webhooks is ready (after %s).

          Console      %s   login: %s / %s
          API          %s/v1/webhooks/   key: WEBHOOKS_API_KEY in the environment file
          Kafka        %s
          Metrics      %s/actuator/prometheus   (dispatcher: %d, delivery: %d)
          Environment  source %s
          Logs         %s
          Another event, published to Kafka:
                       %s AINOTE

        Ctrl-C stops everything; the data is kept for the next start.
        """
                .stripTrailing()
                .formatted(
                        Screen.seconds(readyAfter),
                        api,
                        Installation.CONSOLE_USERNAME,
                        installation.consolePassword(),
                        api,
                        Launches.bootstrapServers(options),
                        Variables.http(options, Port.CONFIG_MANAGEMENT),
                        options.port(Port.DISPATCHER_MANAGEMENT),
                        options.port(Port.DELIVERY_MANAGEMENT),
                        data.environment().path(),
                        data.logs(),
                        scripts.publish());
    }
}
