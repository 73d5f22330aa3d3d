package dev.attache.reliability;

import dev.attache.reliability.worker.DedicatedAws;
import dev.attache.sandbox.Upstream.ReadMessage;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Requests for downloads on the channel {@code event}, and the messages that follow from them.
 *
 * @param name the beginning of every id; unique for each test
 */
record DownloadRequests(DedicatedAws aws, String name) {

    static final String QUEUE = "attachment-requests";

    private static final String KEY = "downloads/crm/contract-4711.pdf";

    String id(String kind, int number) {
        return "%s-%s-%03d".formatted(name, kind, number);
    }

    void sendGood(int count) {
        sendGood(0, count);
    }

    /** Sends those with these numbers, without the last one. */
    void sendGood(int from, int to) {
        IntStream.range(from, to).forEach(number -> send(id("good", number), "crm", KEY));
    }

    /** With an unknown source. */
    void sendRejected(int count) {
        IntStream.range(0, count).forEach(number -> send(id("bad", number), "nobody", KEY));
    }

    void send(String id, String source, String key) {
        aws.upstream().send(QUEUE, """
            {"specversion":"1.0","id":"%s","source":"%s","type":"attachment.requested","time":"2026-11-21T09:00:00Z",\
            "data":{"direction":"download","channel":"event","recipients":[],"attachment":{"key":"%s"}}}\
            """.formatted(id, source, key));
    }

    /** The published {@code link.issued}. */
    List<ReadMessage> links() {
        return messages("deliveries-inbox");
    }

    /** The published {@code request.rejected}. */
    List<ReadMessage> rejections() {
        return messages("attachment-events-inbox");
    }

    List<ReadMessage> deadLetters() {
        return messages(QUEUE + "-dlq");
    }

    private List<ReadMessage> messages(String queue) {
        return aws.upstream().messages(queue).stream()
                .filter(message -> message.body().contains(name))
                .toList();
    }
}
