package dev.attache.ledger;

import dev.attache.ledger.downloads.DeliveryKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Reads the claims that {@link S3Claims} stores. */
final class S3MailRecords implements MailRecords {

    /** "ListObjectsV2": the most keys in one response. */
    private static final int MOST_KEYS = 1000;

    private static final Pattern POSITION = Pattern.compile("[0-9a-f/-]{1,100}");

    /** The search ends early when it has found so many mails. */
    private static final int MOST_FOUND = 100;

    private final S3Client s3;

    private final String bucket;

    private final String prefix;

    /** The folder of all claims. */
    private final String claims;

    /** @param prefix the ledger's folder */
    S3MailRecords(S3Client s3, String bucket, String prefix) {
        this.s3 = s3;
        this.bucket = bucket;
        this.prefix = prefix;
        this.claims = prefix + "claims/";
    }

    @Override
    public Optional<MailRecord> find(DeliveryKey key) {
        return Stream.of(S3Claims.path(key), S3Claims.pathBeforePages(key.delivery()))
                .flatMap(path -> read(path).stream())
                .findFirst();
    }

    @Override
    public Optional<MailRecord> find(String deliveryId) {
        return read(S3Claims.pathBeforePages(DeliveryKey.uuid(deliveryId)));
    }

    private Optional<MailRecord> read(String path) {
        try {
            ResponseBytes<GetObjectResponse> claim =
                    s3.getObjectAsBytes(it -> it.bucket(bucket).key(prefix + path));
            return Optional.of(record(
                    ClaimRecord.read(claim.asByteArrayUnsafe()),
                    claim.response().lastModified()));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        }
    }

    private static MailRecord record(ClaimRecord claim, Instant changedAt) {
        State state = switch (claim.state()) {
            case SENDING -> State.SENDING;
            case SENT -> State.SENT;
            case FREE -> State.FREE;
        };
        return new MailRecord(
                state,
                changedAt,
                claim.timesTakenOver(),
                Optional.ofNullable(claim.accepted()),
                Optional.ofNullable(claim.page()));
    }

    @Override
    public Listing ofRequest(long request, Optional<String> after, int most) {
        ListObjectsV2Response page = list(folder(request), after, most);
        List<DeliveryKey> mails =
                page.contents().stream().flatMap(this::deliveryKey).toList();
        return new Listing(mails, page.contents().size(), next(page));
    }

    @Override
    public long count(long request, long most) {
        long count = 0;
        Optional<String> after = Optional.empty();
        do {
            ListObjectsV2Response page = list(folder(request), after, MOST_KEYS);
            count += page.contents().size();
            after = next(page);
        } while (after.isPresent() && count < most);
        return Math.min(count, most);
    }

    @Override
    public Listing toRecipients(Set<Long> recipients, Optional<String> after, int calls) {
        List<DeliveryKey> found = new ArrayList<>();
        Optional<String> from = after;
        long searched = 0;
        for (int call = 0; call < calls && found.size() < MOST_FOUND; call++) {
            ListObjectsV2Response page = list(claims, from, MOST_KEYS);
            searched += page.contents().size();
            page.contents().stream()
                    .flatMap(this::deliveryKey)
                    .filter(key -> recipients.contains(key.recipient()))
                    .forEach(found::add);
            from = next(page);
            if (from.isEmpty()) {
                break;
            }
        }
        return new Listing(found, searched, from);
    }

    /** A position is a key without the folder of claims; another text could list other folders. */
    private ListObjectsV2Response list(String folder, Optional<String> after, int most) {
        String position = after.filter(it -> POSITION.matcher(it).matches())
                .map(claims::concat)
                .filter(it -> it.compareTo(folder) > 0)
                .orElse(null);
        return s3.listObjectsV2(
                it -> it.bucket(bucket).prefix(folder).startAfter(position).maxKeys(Math.min(most, MOST_KEYS)));
    }

    private Optional<String> next(ListObjectsV2Response page) {
        return Boolean.TRUE.equals(page.isTruncated())
                ? Optional.of(page.contents().getLast().key().substring(claims.length()))
                : Optional.empty();
    }

    private String folder(long request) {
        return claims + HexFormat.of().toHexDigits(request) + "/";
    }

    private Stream<DeliveryKey> deliveryKey(S3Object object) {
        return DeliveryKey.ofPath(object.key().substring(claims.length())).stream();
    }
}
