package com.avoma.webhooks.config.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/// An `application/problem+json` body (RFC 9457), with the wire contract's `detail`.
///
/// @param errors by field; left out where there are none
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FieldError> errors) {

    /// A problem of no type of its own: the status says it all.
    static Problem of(int status, String title, String detail, List<FieldError> errors) {
        return new Problem("about:blank", title, status, detail, errors);
    }
}
