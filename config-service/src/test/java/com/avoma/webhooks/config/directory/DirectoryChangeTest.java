package com.avoma.webhooks.config.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.avoma.webhooks.common.json.MalformedRecordException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryChangeTest {
    private static final String UUID = "8d2e5b7a-61f4-4c0d-b6a9-3e4f5a6b7c8d";

    @Test
    void takesAMemberWithoutAnEmail() {
        assertThat(DirectoryChange.member(bytes(UUID), bytes(member("null"))))
                .isInstanceOf(DirectoryChange.MemberSaved.class);
    }

    /// The database would refuse it again and again, and nothing after it would be read.
    @ParameterizedTest
    @ValueSource(strings = {"\"\\u0000\"", "\"a\\u0000@example.com\""})
    void passesOverAMemberWhoseEmailNoDatabaseHolds(String email) {
        assertThatExceptionOfType(MalformedRecordException.class)
                .isThrownBy(() -> DirectoryChange.member(bytes(UUID), bytes(member(email))))
                .withMessageContaining("email: has the character NUL");
    }

    private static String member(String email) {
        return """
        {"uuid":"%s","organization_uuid":"%s","email":%s,"role":"ADMIN","team_uuids":[]}
        """
                .formatted(UUID, UUID, email);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
