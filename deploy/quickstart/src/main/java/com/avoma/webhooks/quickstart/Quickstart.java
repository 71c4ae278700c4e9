package com.avoma.webhooks.quickstart;

import com.avoma.webhooks.common.topic.Topics;
import com.avoma.webhooks.embedded.StartFailedException;
import com.avoma.webhooks.quickstart.Options.Port;
import com.avoma.webhooks.quickstart.data.DataDirectory;
import com.avoma.webhooks.quickstart.data.Refusal;
import com.avoma.webhooks.quickstart.identity.Installation;
import com.avoma.webhooks.quickstart.lifecycle.Ports;
import com.avoma.webhooks.quickstart.lifecycle.Startup;
import com.avoma.webhooks.quickstart.lifecycle.Watch;
import com.avoma.webhooks.quickstart.process.Part;
import com.avoma.webhooks.quickstart.process.Parts;
import com.avoma.webhooks.quickstart.receiver.SampleReceiver;
import com.avoma.webhooks.quickstart.receiver.Scoreboard;
import com.avoma.webhooks.quickstart.receiver.SignatureVerifier;
import com.avoma.webhooks.quickstart.seed.Cast;
import com.avoma.webhooks.quickstart.terminal.Interrupts;
import com.avoma.webhooks.quickstart.terminal.Screen;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One run, from an empty machine to delivered sample events and back.
public final class Quickstart {
    private static final Duration SAMPLES_BOUND = Duration.ofSeconds(60);
    private static final Duration WATCHED_EVERY = Duration.ofMillis(500);

    private final Options options;
    private final Screen screen;
    private final Interrupts interrupts;
    private final DataDirectory data;
    private final Parts parts;
    private final Map<String, String> environment = System.getenv();

    private Quickstart(Options options, Screen screen, Interrupts interrupts, DataDirectory data) {
        this.options = options;
        this.screen = screen;
        this.interrupts = interrupts;
        this.data = data;
        this.parts = new Parts(data);
    }

    /// Exit status 0: with `--once` all arrived; 1: something failed, and what; 2: wrong options;
    /// 128 and the signal's number where a signal ended it.
    public static void main(String[] arguments) {
        var repository = Path.of(System.getProperty("webhooks.quickstart.repository", ""));
        int status =
                switch (Options.parse(List.of(arguments), repository.resolve(".quickstart"))) {
                    case Options.Parsed.Help(var text) -> {
                        System.out.print(text);
                        yield 0;
                    }
                    case Options.Parsed.Rejected(var reason) -> {
                        System.err.println(reason);
                        yield 2;
                    }
                    case Options.Parsed.Run(var options) -> run(options, repository);
                };
        System.exit(status);
    }

    private static int run(Options options, Path repository) {
        var interrupts = Interrupts.ofThisThread();
        var screen = new Screen(System.out, Boolean.getBoolean("webhooks.quickstart.terminal"));
        try {
            var data = DataDirectory.claim(options.data(), options.fresh());
            data.lock();
            System.setProperty(
                    "webhooks.quickstart.log", data.logs().resolve("quickstart.log").toString());
            return new Quickstart(options, screen, interrupts, data).run(repository);
        } catch (Refusal | StartFailedException e) {
            screen.clearStatus();
            System.err.println(e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            screen.clearStatus();
            return interrupts.exitStatus();
        }
    }

    private int run(Path repository) throws InterruptedException {
        stopLeftovers();
        if (options.fresh()) {
            data.empty();
        }
        requireFreePorts();
        try {
            return serve(repository);
        } finally {
            stop();
        }
    }

    private int serve(Path repository) throws InterruptedException {
        long began = System.nanoTime();
        var java = ProcessHandle.current().info().command().orElse("java");
        var classPath = System.getProperty("java.class.path");
        var topics = new Topics(environment.getOrDefault("WEBHOOKS_TOPICS_PREFIX", ""));
        var scripts = new Scripts(data, java, classPath, topics.prefix());
        var launches = new Launches(options, data, environment, java, classPath);
        var services = new ServiceFiles(repository, data.services(), java);
        scripts.write();
        var installation = Installation.in(data, Clock.systemUTC());
        var startup = new Startup(parts, screen);
        startup.start(
                options.startsKafka()
                        ? List.of(launches.kafka(), launches.postgres())
                        : List.of(launches.postgres()));
        startup.start(
                List.of(
                        launches.config(services.unpacked("config-service"), installation),
                        launches.dispatcher(services.unpacked("dispatcher-service")),
                        launches.delivery(services.unpacked("delivery-service"), installation)));

        screen.status("Seeding");
        var seeding =
                new Seeding(
                        data,
                        Variables.http(options, Port.HTTP),
                        launches.bootstrapServers(),
                        topics);
        var first = Cast.first();
        var other = Cast.other();
        var credentials = seeding.organizations(first, other, installation.tokens());
        var variables =
                new Variables()
                        .addresses(options)
                        .callers(credentials, installation)
                        .organizations(first, other)
                        .certificates(installation)
                        .processes(options, parts, scripts);
        var summary = new Summary(options, data, scripts, installation);
        if (!options.sample()) {
            data.environment().write(variables.all());
            screen.print(summary.text(Duration.ofNanos(System.nanoTime() - began)));
            return watch(scripts);
        }
        var sample = seeding.webhooks(credentials.adminToken(), options.port(Port.RECEIVER));
        var scoreboard = new Scoreboard(screen);
        try (var _ = receiver(installation, sample.signingSecret(), scoreboard)) {
            data.environment().write(variables.all());
            var readyAfter = Duration.ofNanos(System.nanoTime() - began);
            seeding.events(first, sample.webhooks(), scoreboard);
            screen.status("Waiting for the sample events at the receiver");
            var complaint = scoreboard.awaitEachType(SAMPLES_BOUND);
            if (options.once()) {
                return verdict(complaint);
            }
            complaint.ifPresent(screen::print);
            screen.print(summary.text(readyAfter));
            return watch(scripts);
        }
    }

    private SampleReceiver receiver(
            Installation installation, String signingSecret, Scoreboard scoreboard) {
        int port = options.port(Port.RECEIVER);
        try {
            return SampleReceiver.start(
                    port,
                    installation.tls().serverContext(),
                    new SignatureVerifier(signingSecret),
                    scoreboard::received,
                    Clock.systemUTC());
        } catch (IOException e) {
            throw new Refusal(
                    "The sample receiver cannot listen on port %d: %s.".formatted(port, e), e);
        }
    }

    private int verdict(Optional<String> complaint) {
        screen.clearStatus();
        if (complaint.isPresent()) {
            System.err.println(complaint.get() + " The logs are in " + data.logs() + ".");
            return 1;
        }
        screen.print("\nAll four sample events arrived, every signature is right.");
        return 0;
    }

    /// Returns by the signal that interrupts this thread.
    private int watch(Scripts scripts) throws InterruptedException {
        Map<Part, String> commands = new EnumMap<>(Part.class);
        for (var part : Part.values()) {
            commands.put(part, scripts.restart(part));
        }
        var watch = new Watch(parts, commands, screen);
        while (true) {
            watch.look();
            Thread.sleep(WATCHED_EVERY);
        }
    }

    private void stopLeftovers() throws InterruptedException {
        data.environment().remove();
        var leftovers = parts.running();
        if (!leftovers.isEmpty()) {
            screen.print(
                    "An earlier quickstart was killed and left "
                            + String.join(", ", leftovers.stream().map(Part::title).toList())
                            + " running; stopping that first.");
            parts.stopAll(interrupts::hurry);
        }
    }

    private void requireFreePorts() {
        for (var port : options.opened()) {
            if (!Ports.isFree(options.port(port))) {
                throw new Refusal(
                        "Port %d, for the %s, is taken; give another with %s."
                                .formatted(options.port(port), port.purpose(), port.option()));
            }
        }
    }

    /// Also on the way out after an interrupt, whose flag would otherwise end every wait in here.
    private void stop() {
        boolean interrupted = Thread.interrupted();
        data.environment().remove();
        while (!parts.running().isEmpty()) {
            screen.status("Stopping (Ctrl-C again: kill)");
            try {
                parts.stopAll(interrupts::hurry);
            } catch (InterruptedException e) {
                interrupted = true; // the first signal, while stopping for another reason: go on
            }
        }
        screen.clearStatus();
        screen.print("Stopped. The data is kept in " + data.root() + ".");
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
