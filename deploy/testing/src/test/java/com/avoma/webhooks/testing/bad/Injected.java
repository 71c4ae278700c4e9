package com.avoma.webhooks.testing.bad;

import org.springframework.beans.factory.annotation.Value;

public final class Injected {
    @Value("${key}")
    public String key;
}
