package com.avoma.webhooks.embedded;

import java.util.List;

/// One node of a cluster, broker and controller in one.
///
/// @param id from 1 on
/// @param voters the ports of all nodes' controllers, that of node 1 first
/// @param clusterId the same for all nodes; empty: one is made up, for a node that is alone
/// @param advertisedPort where clients are told to connect to, which another process may pass on;
///   0: where the broker listens
record Node(int id, List<Integer> voters, String clusterId, int advertisedPort) {
    /// As many replicas as Kafka's own default asks for, and one of them may be away.
    private static final int REPLICAS = 3;

    Node {
        voters = List.copyOf(voters);
        if (id < 1 || id > voters.size()) {
            throw new IllegalArgumentException(
                    "--node: %d (expected: 1 to %d, the number of voters)"
                            .formatted(id, voters.size()));
        }
    }

    /// The only one.
    static Node alone(int advertisedPort) {
        return new Node(1, List.of(LoopbackPort.free()), "", advertisedPort);
    }

    int controllerPort() {
        return voters.get(id - 1);
    }

    /// As `controller.quorum.voters` has it.
    String quorum() {
        var text = new StringBuilder();
        for (int i = 0; i < voters.size(); i++) {
            text.append(i == 0 ? "" : ",")
                    .append(i + 1)
                    .append('@')
                    .append(LoopbackPort.HOST)
                    .append(':')
                    .append(voters.get(i));
        }
        return text.toString();
    }

    int replicas() {
        return Math.min(REPLICAS, voters.size());
    }

    int minimumInSync() {
        return Math.max(1, replicas() - 1);
    }
}
