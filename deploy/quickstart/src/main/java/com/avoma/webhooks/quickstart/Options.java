package com.avoma.webhooks.quickstart;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the command line asks for.
///
/// The launcher also runs this file by itself, before anything is built, so that a misspelt option
/// does not wait for a build. Therefore it uses nothing but the JDK.
///
/// @param data where everything is kept, absolute
/// @param fresh whether to empty it first
/// @param once whether to end as soon as the sample events have arrived
/// @param sample whether to start the receiver and publish sample events
/// @param kafka `host:port,…` of brokers that run already; empty: one is started
/// @param ports every port, all different
public record Options(
        Path data,
        boolean fresh,
        boolean once,
        boolean sample,
        String kafka,
        Map<Port, Integer> ports) {

    /// What [#parse] comes to.
    public sealed interface Parsed {
        record Run(Options options) implements Parsed {}

        record Help(String text) implements Parsed {}

        /// The options are wrong.
        ///
        /// @param reason one sentence
        record Rejected(String reason) implements Parsed {}
    }

    /// The ports that are opened, each with the option that moves it.
    public enum Port {
        HTTP("http-port", 8080, "API and console"),
        KAFKA("kafka-port", 9092, "Kafka broker"),
        POSTGRES("postgres-port", 5432, "PostgreSQL"),
        CONFIG_MANAGEMENT("config-management-port", 9080, "management of config-service"),
        DISPATCHER_MANAGEMENT(
                "dispatcher-management-port", 9081, "management of dispatcher-service"),
        DELIVERY_MANAGEMENT("delivery-management-port", 9082, "management of delivery-service"),
        RECEIVER("receiver-port", 8443, "sample receiver");

        private final String option;
        private final int usual;
        private final String purpose;

        Port(String option, int usual, String purpose) {
            this.option = option;
            this.usual = usual;
            this.purpose = purpose;
        }

        /// The option that moves it, with its dashes.
        public String option() {
            return "--" + option;
        }

        /// What listens there.
        public String purpose() {
            return purpose;
        }
    }

    public Options {
        ports = Map.copyOf(ports);
    }

    public int port(Port port) {
        Integer number = ports.get(port);
        return number == null ? port.usual : number;
    }

    /// Whether a broker is started.
    public boolean startsKafka() {
        return kafka.isEmpty();
    }

    /// The ports that will be opened: the receiver's and the broker's only where there is one.
    public List<Port> opened() {
        return List.of(Port.values()).stream()
                .filter(port -> sample || port != Port.RECEIVER)
                .filter(port -> startsKafka() || port != Port.KAFKA)
                .toList();
    }

    /// Reads the command line.
    ///
    /// @param usualData the data directory where none is given
    public static Parsed parse(List<String> arguments, Path usualData) {
        var data = usualData;
        boolean fresh = false;
        boolean once = false;
        boolean sample = true;
        String kafka = "";
        Map<Port, Integer> ports = new EnumMap<>(Port.class);
        var rest = new ArrayList<>(arguments);
        while (!rest.isEmpty()) {
            String argument = rest.removeFirst();
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            boolean known = true;
            switch (name) {
                case "--help", "-h" -> {
                    return new Parsed.Help(help(usualData));
                }
                case "--fresh" -> fresh = true;
                case "--once" -> once = true;
                case "--no-sample" -> sample = false;
                default -> known = false;
            }
            if (known) {
                if (equals >= 0) {
                    return rejected(name + " takes no value");
                }
                continue;
            }
            var port = portOf(name);
            if (port.isEmpty() && !name.equals("--data") && !name.equals("--kafka")) {
                return rejected("there is no option " + name + " (./quickstart --help lists them)");
            }
            if (equals < 0 && rest.isEmpty()) {
                return rejected(name + " needs a value");
            }
            String value = equals < 0 ? rest.removeFirst() : argument.substring(equals + 1);
            if (name.equals("--kafka")) {
                if (!value.matches("[^:,\\s]+:[0-9]{1,5}(,[^:,\\s]+:[0-9]{1,5})*")) {
                    return rejected(name + ": " + value + " (expected: host:port,host:port...)");
                }
                kafka = value;
            } else if (port.isEmpty()) {
                if (value.isBlank()) {
                    return rejected("--data needs a directory");
                }
                data = Path.of(value);
            } else if (!value.matches("[0-9]{1,5}") || !isPort(Integer.parseInt(value))) {
                return rejected(name + ": " + value + " (expected: a number from 1 to 65535)");
            } else {
                ports.put(port.get(), Integer.parseInt(value));
            }
        }
        if (once && !sample) {
            return rejected("--once waits for the sample events, which --no-sample leaves out");
        }
        var absolute = data.toAbsolutePath().normalize();
        return checkedForClashes(
                new Options(absolute, fresh, once, sample, kafka, allPorts(ports)));
    }

    private static Parsed checkedForClashes(Options options) {
        Map<Integer, Port> seen = new HashMap<>();
        for (var port : options.opened()) {
            var other = seen.put(options.port(port), port);
            if (other != null) {
                return rejected(
                        "%s and %s are both %d"
                                .formatted(other.option(), port.option(), options.port(port)));
            }
        }
        return new Parsed.Run(options);
    }

    private static Map<Port, Integer> allPorts(Map<Port, Integer> given) {
        Map<Port, Integer> all = new EnumMap<>(Port.class);
        for (var port : Port.values()) {
            all.put(port, given.getOrDefault(port, port.usual));
        }
        return all;
    }

    private static Optional<Port> portOf(String name) {
        return List.of(Port.values()).stream()
                .filter(port -> port.option().equals(name))
                .findFirst();
    }

    private static boolean isPort(int number) {
        return number >= 1 && number <= 65535;
    }

    private static Parsed rejected(String reason) {
        return new Parsed.Rejected("quickstart: " + reason + ".");
    }

    private static String help(Path usualData) {
        var text = new StringBuilder();
        text.append(
                """
                Usage: ./quickstart [OPTION]...
                Builds what is missing and runs Avoma Webhooks on this machine: a Kafka broker, PostgreSQL,
                the three services, and a sample receiver that shows sample events arrive. Ctrl-C stops it.

                  --once          end as soon as a sample event of each type has arrived: status 0, else 1
                  --data DIR      keep everything in DIR (default: %s)
                  --fresh         empty that directory first
                  --no-sample     without the sample receiver and the sample events
                  --kafka LIST    use these brokers (host:port,host:port...) and start none
                  --help          show this

                Ports, all on the loopback interface:
                """
                        .formatted(usualData));
        for (var port : Port.values()) {
            text.append(
                    "  %-34s %s (default: %d)%n"
                            .formatted(port.option() + " PORT", port.purpose(), port.usual));
        }
        text.append(
                """

                Every Spring property of a service can be set by its environment variable:
                  WEBHOOKS_DELIVERY_RETRY_DELAYS=1s,2s,3s,4s,5s ./quickstart
                """);
        return text.toString();
    }

    /// Prints the data directory for the launcher.
    ///
    /// Ends with status 0; 2 where the options are wrong; 3 where help was asked for and printed.
    ///
    /// @param arguments the usual data directory, then the options
    public static void main(String[] arguments) {
        var given = List.of(arguments);
        int status =
                switch (parse(given.subList(1, given.size()), Path.of(given.getFirst()))) {
                    case Parsed.Run(var options) -> {
                        System.out.println(options.data());
                        yield 0;
                    }
                    case Parsed.Rejected(var reason) -> {
                        System.err.println(reason);
                        yield 2;
                    }
                    case Parsed.Help(var text) -> {
                        System.out.print(text);
                        yield 3;
                    }
                };
        System.exit(status);
    }
}
