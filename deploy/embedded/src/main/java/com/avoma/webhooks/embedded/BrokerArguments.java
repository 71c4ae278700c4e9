package com.avoma.webhooks.embedded;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/// What a broker is started with: its place, and for one of several `--cluster ID --voters
/// PORT,PORT,... --node N`, each node's controller port in the order of the nodes. With
/// `--advertised-port N` clients are told to come by another port, where somebody passes on to the
/// broker's.
record BrokerArguments(Arguments place, Node node) {
    /// @throws IllegalArgumentException if an argument is unknown, incomplete or missing
    static BrokerArguments parse(List<String> given) {
        List<String> rest = new ArrayList<>();
        List<Integer> voters = List.of();
        String cluster = "";
        int id = 1;
        int advertised = 0;
        for (Iterator<String> words = given.iterator(); words.hasNext(); ) {
            String word = words.next();
            switch (word) {
                case "--cluster" -> cluster = Arguments.value(word, words);
                case "--voters" -> voters = ports(Arguments.value(word, words));
                case "--node" -> id = Arguments.number(word, Arguments.value(word, words));
                case "--advertised-port" ->
                        advertised = Arguments.number(word, Arguments.value(word, words));
                default -> rest.add(word);
            }
        }
        var place = Arguments.parse(rest);
        if (voters.isEmpty() && cluster.isEmpty() && id == 1) {
            return new BrokerArguments(place, Node.alone(advertised));
        }
        if (voters.isEmpty() || cluster.isEmpty()) {
            throw new IllegalArgumentException(
                    "--node: "
                            + id
                            + ": --cluster and --voters go with it (expected: --cluster ID --voters"
                            + " PORT,PORT... --node N)");
        }
        return new BrokerArguments(place, new Node(id, voters, cluster, advertised));
    }

    private static List<Integer> ports(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(port -> Arguments.number("--voters", port))
                .toList();
    }
}
