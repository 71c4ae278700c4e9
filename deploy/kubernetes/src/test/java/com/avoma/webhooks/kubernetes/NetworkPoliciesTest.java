package com.avoma.webhooks.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.egress.AddressPolicy;
import com.avoma.webhooks.common.egress.AddressPolicy.Ruling;
import com.avoma.webhooks.common.egress.Network;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who reaches what. The policies of Kubernetes add up, so it is the sum that counts.
class NetworkPoliciesTest {
    private static final Pattern BLOCK = Pattern.compile("block\\(\"([^\"]+)\"");

    @ParameterizedTest
    @ValueSource(strings = {"small", "production"})
    void allowNothingByDefault(String overlay) {
        var installation = Installation.of(overlay);
        for (var workload : installation.workloads()) {
            assertThat(policies(installation, workload))
                    .as(Yaml.text(workload, "metadata", "name"))
                    .anySatisfy(policy ->
                            assertThat(Yaml.map(policy, "spec"))
                                    .containsEntry("policyTypes", List.of("Ingress", "Egress"))
                                    .doesNotContainKeys("ingress", "egress"));
        }
        for (var policy : installation.all("NetworkPolicy")) {
            assertThat(installation.workloads())
                    .as("it is about somebody: %s", Yaml.at(policy, "metadata"))
                    .anyMatch(workload -> policies(installation, workload).contains(policy));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "production"})
    void letEachOutToWhatItNeeds(String overlay) {
        var installation = Installation.of(overlay);

        assertThat(ways(installation, "config-service", "egress"))
                .containsExactlyInAnyOrder("names", "kafka", "database", "identity");
        assertThat(ways(installation, "dispatcher-service", "egress"))
                .containsExactlyInAnyOrder("names", "kafka");
        assertThat(ways(installation, "delivery-service", "egress"))
                .containsExactlyInAnyOrder("names", "kafka", "receivers");
        assertThat(ways(installation, "migration", "egress"))
                .containsExactlyInAnyOrder("names", "database");
    }

    @Test
    void letInCallersByTheIngressAndPrometheus() {
        var installation = Installation.of("production");

        assertThat(ways(installation, "config-service", "ingress"))
                .containsExactlyInAnyOrder("callers", "metrics");
        assertThat(ways(installation, "dispatcher-service", "ingress")).containsExactly("metrics");
        assertThat(ways(installation, "delivery-service", "ingress")).containsExactly("metrics");
        assertThat(ways(installation, "migration", "ingress")).isEmpty();
        assertThat(ports(installation, "callers", "ingress")).containsExactly("http");
        assertThat(ports(installation, "metrics", "ingress")).containsExactly("management");
    }

    @Test
    void nameThePortsThatAreUsed() {
        for (var overlay : List.of("small", "production")) {
            var installation = Installation.of(overlay);
            var workload = installation.service("config-service");
            var environment = installation.environment(workload);
            var brokers = environment.get("SPRING_KAFKA_BOOTSTRAP_SERVERS");
            assertThat(ports(installation, "kafka", "egress"))
                    .containsExactly(brokers.substring(brokers.lastIndexOf(':') + 1));
            assertThat(environment.get("SPRING_R2DBC_URL"))
                    .contains(":" + ports(installation, "database", "egress").getFirst() + "/");
            assertThat(ports(installation, "identity", "egress")).containsExactly("443");
        }
    }

    /// The ends of each block, and their neighbours, of both lists: what one of them has and the
    /// other has not is found.
    @Test
    void letReceiversBeExactlyWhereDeliveryConnectsTo() throws IOException {
        var policy = Installation.of("production").one("NetworkPolicy", "receivers");
        var guard = new AddressPolicy(List.of(), List.of());
        var blocks = new HashSet<String>();
        for (var peer : Yaml.list(policy, "spec", "egress", "0", "to")) {
            Yaml.list(peer, "ipBlock", "except").forEach(block -> blocks.add(block.toString()));
        }
        var table = table();
        assertThat(table).hasSizeGreaterThan(35);
        blocks.addAll(table);
        blocks.add("2000::/3");

        for (var block : blocks) {
            for (var address : ends(block)) {
                assertThat(allows(policy, address))
                        .as("%s, beside or in %s", address.getHostAddress(), block)
                        .isEqualTo(guard.judge(address) instanceof Ruling.Permitted);
            }
        }
    }

    @Test
    void letReceiversHaveAnyPortOfTcp() {
        var policy = Installation.of("production").one("NetworkPolicy", "receivers");

        assertThat(Yaml.list(policy, "spec", "egress", "0", "ports"))
                .containsExactly(Map.of("protocol", "TCP"));
    }

    private static boolean allows(Map<String, Object> policy, InetAddress address) {
        for (var peer : Yaml.list(policy, "spec", "egress", "0", "to")) {
            var bytes = address.getAddress();
            if (Network.of(Yaml.text(peer, "ipBlock", "cidr")).contains(bytes)
                    && Yaml.list(peer, "ipBlock", "except").stream()
                            .noneMatch(block -> Network.of(block.toString()).contains(bytes))) {
                return true;
            }
        }
        return false;
    }

    /// The blocks of the code's own table, which no other package can see.
    private static Set<String> table() throws IOException {
        var source =
                Files.readString(
                        Installation.ROOT.resolve(
                                "common/src/main/java/com/avoma/webhooks/common/egress/SpecialPurpose.java"));
        var blocks = new TreeSet<String>();
        BLOCK.matcher(source).results().forEach(found -> blocks.add(found.group(1)));
        return blocks;
    }

    /// The first and the last address of a block, the one before and the one after.
    private static List<InetAddress> ends(String block) throws IOException {
        var parts = block.split("/");
        var bytes = InetAddress.getByName(parts[0]).getAddress();
        int bits = bytes.length * 8;
        var first = new BigInteger(1, bytes);
        var size = BigInteger.ONE.shiftLeft(bits - Integer.parseInt(parts[1]));
        var all = BigInteger.ONE.shiftLeft(bits);
        List<InetAddress> ends = new ArrayList<>();
        for (var number :
                List.of(
                        first.subtract(BigInteger.ONE),
                        first,
                        first.add(size).subtract(BigInteger.ONE),
                        first.add(size))) {
            if (number.signum() >= 0 && number.compareTo(all) < 0) {
                var text = number.toByteArray();
                var address = new byte[bytes.length];
                int length = Math.min(text.length, address.length);
                System.arraycopy(
                        text, text.length - length, address, address.length - length, length);
                ends.add(InetAddress.getByAddress(address));
            }
        }
        return ends;
    }

    /// The names of the policies that let a pod out or others in.
    private static List<String> ways(Installation installation, String workload, String direction) {
        var one =
                installation.workloads().stream()
                        .filter(w -> workload.equals(Yaml.at(w, "metadata", "name")))
                        .findFirst()
                        .orElseThrow();
        return policies(installation, one).stream()
                .filter(policy -> Yaml.map(policy, "spec").containsKey(direction))
                .map(policy -> Yaml.text(policy, "metadata", "name"))
                .toList();
    }

    private static List<String> ports(Installation installation, String policy, String direction) {
        return Yaml.list(installation.one("NetworkPolicy", policy), "spec", direction, "0", "ports")
                .stream()
                .map(port -> Yaml.text(port, "port"))
                .toList();
    }

    private static List<Map<String, Object>> policies(
            Installation installation, Map<String, Object> workload) {
        return installation.all("NetworkPolicy").stream()
                .filter(policy ->
                        Installation.selects(
                                Yaml.at(policy, "spec", "podSelector"),
                                Installation.labels(workload)))
                .toList();
    }
}
