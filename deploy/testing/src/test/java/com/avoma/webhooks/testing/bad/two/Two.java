package com.avoma.webhooks.testing.bad.two;

import com.avoma.webhooks.testing.bad.one.One;

public record Two(One one) {}
