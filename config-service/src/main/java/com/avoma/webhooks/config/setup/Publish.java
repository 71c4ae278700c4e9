package com.avoma.webhooks.config.setup;

/// Whether a setup that came out the same is published again.
enum Publish {
    WHAT_CHANGED,
    ANYWAY
}
