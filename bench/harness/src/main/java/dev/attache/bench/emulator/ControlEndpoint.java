package dev.attache.bench.emulator;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** Requests of the measurement: fill a queue, return the counts, and measure the time of single messages. */
final class ControlEndpoint {

    static final String PATH = "/-control/";

    private static final String REQUESTS = "attachment-requests";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final SqsEndpoint sqs;

    private final SnsEndpoint sns;

    private final Subscriptions subscriptions;

    private final ObjectStore objects;

    private final ReceivedMails mails;

    private final Counts counts;

    ControlEndpoint(
            SqsEndpoint sqs,
            SnsEndpoint sns,
            Subscriptions subscriptions,
            ObjectStore objects,
            ReceivedMails mails,
            Counts counts) {
        this.sqs = sqs;
        this.sns = sns;
        this.subscriptions = subscriptions;
        this.objects = objects;
        this.mails = mails;
        this.counts = counts;
    }

    void answer(HttpExchange exchange) throws IOException, InterruptedException {
        String query = exchange.getRequestURI().getQuery();
        Map<String, String> asked = query == null
                ? Map.of()
                : Arrays.stream(query.split("&"))
                        .collect(Collectors.toMap(pair -> pair.split("=")[0], pair -> pair.split("=")[1]));
        Object answer = switch (exchange.getRequestURI().getPath().substring(PATH.length())) {
            case "fill" -> fill(Backlogs.of(asked.get("kind")), Long.parseLong(asked.get("count")));
            case "stats" -> stats();
            case "latencies" -> latencies(Integer.parseInt(asked.get("count")), Integer.parseInt(asked.get("pause")));
            default -> throw new IllegalArgumentException("Nothing is at " + exchange.getRequestURI());
        };
        Responses.send(exchange, 200, "application/json", JSON.writeValueAsBytes(answer));
    }

    private Map<String, Long> fill(Backlogs kind, long count) {
        counts.forgetPublished();
        sns.countBy(kind.isOnePersonEach() ? SnsEndpoint.requestIds() : SnsEndpoint.addresses());
        subscriptions.activate(kind.isMailed());
        objects.clear();
        Queue requests = sqs.queue(REQUESTS);
        if (kind == Backlogs.MAIL) {
            mails.expect(requests.end(), requests.end() + count);
        } else if (kind == Backlogs.MAIL_LIST) {
            mails.expect(0, Backlogs.LIST_LENGTH);
        }
        requests.fill(kind, count);
        return stats();
    }

    private Map<String, Long> stats() {
        Map<String, Long> stats = counts.all();
        stats.putAll(mails.all());
        sqs.open().forEach((queue, messages) -> stats.put("open " + queue, messages));
        stats.put("received", sqs.queue(REQUESTS).received());
        stats.put("deleted", sqs.queue(REQUESTS).deleted());
        stats.put("done", sqs.isDone() ? 1L : 0L);
        stats.put("nanos", System.nanoTime());
        return stats;
    }

    /** The time from the arrival of a message until its link is published, in nanoseconds. */
    private long[] latencies(int count, int pauseMillis) throws InterruptedException {
        Queue queue = sqs.queue(REQUESTS);
        counts.forgetPublished();
        sns.countBy(SnsEndpoint.requestIds());
        long[] nanos = new long[count];
        for (int i = 0; i < count; i++) {
            Thread.sleep(pauseMillis);
            long begin = System.nanoTime();
            queue.send(Backlogs.DOWNLOAD.body(i));
            counts.awaitPublished(i);
            nanos[i] = System.nanoTime() - begin;
        }
        return nanos;
    }
}
