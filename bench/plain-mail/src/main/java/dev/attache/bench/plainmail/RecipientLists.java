package dev.attache.bench.plainmail;

import dev.attache.bench.plainmail.PlainMailListener.Recipient;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.services.s3.S3Client;
import tools.jackson.databind.json.JsonMapper;

/** Reads a list in S3, a recipient a line. */
@Component
class RecipientLists {

    private final S3Client s3;

    private final JsonMapper json;

    private final String bucket;

    RecipientLists(S3Client s3, JsonMapper json, @Value("${bucket}") String bucket) {
        this.s3 = s3;
        this.json = json;
        this.bucket = bucket;
    }

    List<Recipient> read(String key) {
        return s3.getObjectAsBytes(get -> get.bucket(bucket).key(key))
                .asUtf8String()
                .lines()
                .map(line -> json.readValue(line, Recipient.class))
                .toList();
    }
}
