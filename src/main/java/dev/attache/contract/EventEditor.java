package dev.attache.contract;

/** Changes events as text, so that everything else of them stays as it is. */
public interface EventEditor {

    /**
     * The event in SNS notifications and EventBridge events, in which it may be wrapped. A text that cannot be read,
     * and a notification of S3, is returned as it is.
     */
    String unwrapped(String body);

    /**
     * The event with another id.
     *
     * @param event a valid event that is not wrapped
     */
    String withId(String event, String id);
}
