package com.avoma.webhooks.config.web;

/// What is wrong with one field of a request.
///
/// @param field its path, like `headers[0].name`
/// @param message names the rule, never a secret value
public record FieldError(String field, String message) {}
