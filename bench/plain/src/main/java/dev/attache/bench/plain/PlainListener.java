package dev.attache.bench.plain;

import io.awspring.cloud.sns.core.SnsTemplate;
import io.awspring.cloud.sqs.annotation.SqsListener;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Signs a link for each recipient of a request, and publishes it. It has no checks, claims or retries of its own. */
@SpringBootApplication
public class PlainListener {

    public static void main(String[] args) {
        SpringApplication.run(PlainListener.class, args);
    }

    record Recipient(String address, String name, String locale) {}

    record Attachment(String key, String fileName) {}

    record Text(String subject, String text) {}

    record Request(
            String channel, List<Recipient> recipients, Attachment attachment, Duration expiresIn, Text message) {}

    record Requested(String id, String source, String subject, Request data) {}

    record Link(String url, String fileName, Instant expiresAt) {}

    record Issued(String requestId, String channel, Recipient recipient, Text message, List<Link> links) {}

    record IssuedEvent(
            String specversion, String id, String source, String type, Instant time, String subject, Issued data) {}

    @Component
    static class Links {

        private final S3Presigner presigner;

        private final SnsTemplate sns;

        private final String bucket;

        private final String topic;

        Links(
                S3Presigner presigner,
                SnsTemplate sns,
                @Value("${bucket}") String bucket,
                @Value("${topic}") String topic) {
            this.presigner = presigner;
            this.sns = sns;
            this.bucket = bucket;
            this.topic = topic;
        }

        @SqsListener("attachment-requests")
        void handle(Requested event) {
            Request request = event.data();
            for (Recipient recipient : request.recipients()) {
                var signed = presigner.presignGetObject(presign -> presign.signatureDuration(request.expiresIn())
                        .getObjectRequest(get -> get.bucket(bucket)
                                .key(request.attachment().key())
                                .responseContentDisposition("attachment; filename=\""
                                        + request.attachment().fileName() + "\"")));
                var link =
                        new Link(signed.url().toString(), request.attachment().fileName(), signed.expiration());
                sns.sendNotification(
                        topic,
                        new IssuedEvent(
                                "1.0",
                                UUID.randomUUID().toString(),
                                event.source(),
                                "link.issued",
                                Instant.now(),
                                event.subject(),
                                new Issued(event.id(), request.channel(), recipient, request.message(), List.of(link))),
                        request.message().subject());
            }
        }
    }
}
