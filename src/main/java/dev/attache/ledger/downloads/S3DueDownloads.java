package dev.attache.ledger.downloads;

import dev.attache.ledger.objects.S3DueIndex;
import dev.attache.ledger.objects.S3DueIndex.Marker;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Markers at {@code due/pages/<UTC minute>/<kind>-<request>-<recipient>-<delivery>} in the ledger's folder, with
 * {@code -<id>} if the marker has one. Letters follow digits in the order of S3's keys, so listing the due uploads in
 * {@code due/} ends before this folder.
 */
public final class S3DueDownloads implements DueDownloads {

    private static final HexFormat HEX = HexFormat.of();

    private static final Pattern NAME = Pattern.compile("([a-z]+)-([0-9a-f]{16})-([0-9a-f]{16})-"
            + "([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?:-([0-9a-f]{1,32}))?");

    private final S3DueIndex index;

    /** @param prefix the ledger's folder */
    public S3DueDownloads(S3Client s3, String bucket, String prefix) {
        this.index = new S3DueIndex(s3, bucket, prefix + "due/pages/");
    }

    @Override
    public void add(Due due) {
        index.add(marker(due));
    }

    @Override
    public void remove(Due due) {
        index.remove(marker(due));
    }

    @Override
    public List<Due> until(Instant time, int limit) {
        return index.until(time, limit, S3DueDownloads::due);
    }

    @Override
    public List<Due> untilAfter(Due last, Instant time, int limit) {
        return index.untilAfter(marker(last), time, limit, S3DueDownloads::due);
    }

    private static Marker marker(Due due) {
        DeliveryKey key = due.key();
        String name = due.kind().text() + "-" + HEX.toHexDigits(key.request()) + "-" + HEX.toHexDigits(key.recipient())
                + "-" + key.delivery();
        return new Marker(due.minute(), due.id().isEmpty() ? name : name + "-" + due.id());
    }

    /** Returns nothing for a marker of something else, such as one of a later release. */
    private static Optional<Due> due(Marker marker) {
        Matcher name = NAME.matcher(marker.name());
        return name.matches()
                ? kind(name.group(1))
                        .map(kind -> new Due(
                                marker.minute(),
                                kind,
                                new DeliveryKey(
                                        HexFormat.fromHexDigitsToLong(name.group(2)),
                                        HexFormat.fromHexDigitsToLong(name.group(3)),
                                        UUID.fromString(name.group(4))),
                                Optional.ofNullable(name.group(5)).orElse("")))
                : Optional.empty();
    }

    private static Optional<Kind> kind(String text) {
        return Stream.of(Kind.values()).filter(kind -> kind.text().equals(text)).findFirst();
    }
}
