package dev.attache.upload.multipart;

import dev.attache.contract.value.UploadTerms;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of multipart uploads.
 *
 * @param multipartThreshold the upload page sends larger files in parts, from 5 MB to 5 GB. S3 accepts at most 5 GB in
 *     a single PUT
 */
@ConfigurationProperties("attache.uploads")
public record MultipartProperties(@DefaultValue("16MB") DataSize multipartThreshold) {

    private static final DataSize SMALLEST = DataSize.ofMegabytes(5);

    private static final DataSize LARGEST = DataSize.ofGigabytes(5);

    public MultipartProperties {
        if (multipartThreshold.compareTo(SMALLEST) < 0 || multipartThreshold.compareTo(LARGEST) > 0) {
            throw new IllegalArgumentException(
                    "attache.uploads.multipart-threshold is %s, but must be between 5MB and 5GB"
                            .formatted(multipartThreshold));
        }
    }

    /**
     * The size, in bytes, above which a file is sent in parts; the largest number if the request states a SHA-256,
     * because S3 has none for the whole object of a multipart upload.
     */
    public long thresholdOf(UploadTerms terms) {
        return terms.sha256() == null ? multipartThreshold.toBytes() : Long.MAX_VALUE;
    }
}
