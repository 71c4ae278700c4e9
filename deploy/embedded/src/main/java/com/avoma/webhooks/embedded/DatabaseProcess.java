package com.avoma.webhooks.embedded;

import java.util.List;

/// Brings the database back from a shell: `java -cp … com.avoma.webhooks.embedded.DatabaseProcess
/// --data DIR --port N`.
///
/// Prints one line with the server's pid and ends; the server stays. Where it runs already, that
/// line is all. Exit status 1: it could not start, 2: wrong arguments.
public final class DatabaseProcess {
    private DatabaseProcess() {}

    public static void main(String[] words) {
        try {
            Arguments arguments = Arguments.parse(List.of(words));
            @SuppressWarnings("resource") // the server is meant to stay
            EmbeddedDatabase database = EmbeddedDatabase.start(arguments.data(), arguments.port());
            System.out.printf(
                    "postgresql ready on %s:%d, pid %d, data in %s%n",
                    database.host(),
                    database.port(),
                    database.pid(),
                    arguments.data().toAbsolutePath());
        } catch (IllegalArgumentException e) {
            System.err.println("postgresql: " + e.getMessage());
            System.exit(2);
        } catch (StartFailedException e) {
            System.err.println("postgresql: " + e.getMessage());
            System.exit(1);
        }
    }
}
