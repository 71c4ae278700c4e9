package com.avoma.webhooks.config;

import com.avoma.webhooks.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void keepsTheHouseRules() {
        ArchitectureRules.check("com.avoma.webhooks.config");
    }
}
