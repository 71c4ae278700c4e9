package com.avoma.webhooks.config.setup;

/// What a change makes of a setup.
///
/// @param answer what the caller wants to know of it
public record Edited<T>(OrganizationSetup setup, T answer) {}
