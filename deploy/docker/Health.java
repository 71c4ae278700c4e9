import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// The images' health check, which needs neither a shell nor curl: ends with 0 where the service
/// is alive, and with 1 otherwise. It asks the port of `MANAGEMENT_SERVER_PORT`.
class Health {
    static final Duration LIMIT = Duration.ofSeconds(3);

    public static void main(String[] words) throws InterruptedException {
        var port = System.getenv("MANAGEMENT_SERVER_PORT");
        var address = URI.create("http://127.0.0.1:" + port + "/actuator/health/liveness");
        var request = HttpRequest.newBuilder(address).timeout(LIMIT).build();
        try (var client = HttpClient.newBuilder().connectTimeout(LIMIT).build()) {
            var answer = client.send(request, HttpResponse.BodyHandlers.discarding());
            System.exit(answer.statusCode() == 200 ? 0 : 1);
        } catch (IOException e) {
            System.err.println(e);
            System.exit(1);
        }
    }
}
