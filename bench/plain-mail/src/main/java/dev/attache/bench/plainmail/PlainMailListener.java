package dev.attache.bench.plainmail;

import io.awspring.cloud.sqs.annotation.SqsListener;
import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.s3.presigner.model.PresignedGetObjectRequest;

/** Signs a link for each recipient of a request, and mails it. It has no checks, claims or retries of its own. */
@SpringBootApplication
public class PlainMailListener {

    public static void main(String[] args) {
        SpringApplication.run(PlainMailListener.class, args);
    }

    record Recipient(String address, String name, String locale, String timeZone) {}

    record RecipientList(String key) {}

    record Attachment(String key, String fileName) {}

    record Text(String subject, String text) {}

    record Request(
            List<Recipient> recipients,
            RecipientList recipientList,
            Attachment attachment,
            Duration expiresIn,
            Text message) {}

    record Requested(String id, String source, Request data) {}

    @Component
    static class Requests {

        private final RecipientLists lists;

        private final S3Presigner presigner;

        private final Mails mails;

        private final String bucket;

        Requests(RecipientLists lists, S3Presigner presigner, Mails mails, @Value("${bucket}") String bucket) {
            this.lists = lists;
            this.presigner = presigner;
            this.mails = mails;
            this.bucket = bucket;
        }

        @SqsListener("attachment-requests")
        void handle(Requested event) throws MessagingException {
            Request request = event.data();
            List<Recipient> recipients = request.recipientList() == null
                    ? request.recipients()
                    : lists.read(request.recipientList().key());
            for (Recipient recipient : recipients) {
                mails.send(event, recipient, signed(request));
            }
        }

        private PresignedGetObjectRequest signed(Request request) {
            return presigner.presignGetObject(presign -> presign.signatureDuration(request.expiresIn())
                    .getObjectRequest(get -> get.bucket(bucket)
                            .key(request.attachment().key())
                            .responseContentDisposition("attachment; filename=\""
                                    + request.attachment().fileName() + "\"")));
        }
    }
}
