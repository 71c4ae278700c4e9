package com.avoma.webhooks.config.console;

/// What a page says that cannot be shown: what is the matter, and what to do about it.
record ErrorText(String title, String detail, String advice) {
    private static final String TELL_OPERATORS =
            "Try again. If it stays like this, tell those who run this service, and when it was.";

    /// @param detail what is known of the reason, in a sentence
    static ErrorText of(int status, String detail) {
        return switch (status) {
            case 400 ->
                    new ErrorText(
                            "This address is not right",
                            detail,
                            "Go back, or begin at one of the tabs.");
            case 403 ->
                    new ErrorText(
                            "This was not allowed",
                            detail,
                            "Nothing was changed. Open the page again, and sign in if it asks you"
                                    + " to; then repeat what you did.");
            case 404, 405 ->
                    new ErrorText(
                            "There is nothing here",
                            "The address is wrong, or what it showed was deleted.",
                            "Look for it under one of the tabs. What was changed, and by whom, is"
                                    + " in the audit log.");
            case 429 ->
                    new ErrorText("That was too often", detail, "Wait a little, and try again.");
            case 503 -> new ErrorText("A part of this service is away", detail, TELL_OPERATORS);
            default ->
                    new ErrorText(
                            "Something went wrong on our side",
                            "The page could not be made. The reason is in the service's log.",
                            TELL_OPERATORS);
        };
    }
}
