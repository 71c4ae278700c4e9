package com.avoma.webhooks.delivery.sending.connection;

/// The use of a connection by one [Conversation].
public interface Place {
    /// Ends the use. Called once.
    ///
    /// @param end how the conversation came to its end
    void leave(End end);

    /// How a conversation ends.
    enum End {
        /// The answer was read to its end.
        WHOLE,
        /// There was an answer, of which the rest is not wanted.
        CUT,
        /// No answer came in time.
        SILENT,
        /// The connection, or the stream, is no more.
        GONE
    }
}
