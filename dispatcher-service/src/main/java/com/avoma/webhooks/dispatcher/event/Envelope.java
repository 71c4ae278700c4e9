package com.avoma.webhooks.dispatcher.event;

/// A CloudEvent's attributes and data, whichever mode it came in.
///
/// @param attributes the context attributes by their names in the CloudEvents specification
/// @param json the bytes that the data is in
/// @param offset where in them it begins
/// @param length of the data in bytes
/// @param inexactNumbers how many numbers were changed already, in opening the envelope
@SuppressWarnings("ArrayRecordComponent") // never compared, never leaves the package
record Envelope(Attributes attributes, byte[] json, int offset, int length, int inexactNumbers) {
    /// Data that is an array of its own.
    Envelope(Attributes attributes, byte[] json) {
        this(attributes, json, 0, json.length, 0);
    }
}
