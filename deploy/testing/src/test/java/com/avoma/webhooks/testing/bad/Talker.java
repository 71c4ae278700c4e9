package com.avoma.webhooks.testing.bad;

import java.net.Socket;
import java.net.http.HttpClient;
import org.apache.kafka.clients.producer.Producer;

public final class Talker {
    private Talker() {}

    public record OverSocket(Socket socket) {}

    public record OverHttp(HttpClient client) {}

    public record OverKafka(Producer<String, String> producer) {}
}
