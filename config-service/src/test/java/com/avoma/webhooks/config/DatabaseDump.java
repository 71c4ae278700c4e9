package com.avoma.webhooks.config;

import com.avoma.webhooks.testing.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// A database from outside the service.
final class DatabaseDump {
    private DatabaseDump() {}

    /// Sees every organization's rows.
    static Connection connect(TestDatabase database) throws SQLException {
        return connect(database, "every:test");
    }

    /// Sees the rows of a scope.
    static Connection connect(TestDatabase database, String scope) throws SQLException {
        var connection = DriverManager.getConnection(database.jdbcUrl());
        try (var statement = connection.createStatement()) {
            statement.execute("set webhooks.scope = '" + scope + "'");
        }
        return connection;
    }

    /// Every row of every table, as text.
    static String of(TestDatabase database) throws SQLException {
        var dump = new StringBuilder();
        var tables =
                texts(
                        database,
                        "select table_name from information_schema.tables"
                                + " where table_schema = 'public'");
        for (var table : tables) {
            texts(database, "select t::text from " + table + " t")
                    .forEach(row -> dump.append(row).append('\n'));
        }
        return dump.toString();
    }

    /// The first column of each row, as text.
    static List<String> texts(TestDatabase database, String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (var connection = connect(database);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    static void execute(TestDatabase database, String sql) throws SQLException {
        try (var connection = connect(database);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
