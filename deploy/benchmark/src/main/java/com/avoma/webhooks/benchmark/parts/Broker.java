package com.avoma.webhooks.benchmark.parts;

import com.avoma.webhooks.benchmark.process.JavaCommand;
import com.avoma.webhooks.benchmark.process.MeasuredProcess;
import com.avoma.webhooks.embedded.BrokerProcess;
import com.avoma.webhooks.embedded.LoopbackPort;
import java.io.IOException;
import java.util.List;

/// A real broker of one node.
///
/// @param address for `bootstrap.servers`
public record Broker(MeasuredProcess process, String address) {
    public static Broker start(OpenParts parts) throws IOException, InterruptedException {
        int port = LoopbackPort.free();
        var command =
                JavaCommand.of(
                        BrokerProcess.class,
                        List.of("-Xmx512m"),
                        List.of(
                                "--data",
                                parts.directory().resolve("kafka").toString(),
                                "--port",
                                Integer.toString(port)));
        return new Broker(parts.start("broker", command, "kafka ready"), "127.0.0.1:" + port);
    }
}
