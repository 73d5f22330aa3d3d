package dev.attache.upload.multipart;

import dev.attache.ledger.UploadFile.MultipartUpload;

/**
 * How a file is cut into parts ("Amazon S3 multipart upload limits": at most 10,000 parts, of at least 5 MB but the
 * last one, and 5 TB in all).
 *
 * @param size of the file, in bytes
 * @param partSize of each part but the last one, in bytes
 */
record PartPlan(long size, long partSize) {

    static final int MOST_PARTS = 10_000;

    static final long LARGEST_FILE = 5L << 40;

    /** A part is the most that is sent again after an interruption, and is hashed in the memory of the browser. */
    static final long SMALLEST_PART = 8L << 20;

    private static final long STEP = 1L << 20;

    /** @throws IllegalArgumentException if the file is empty or larger than {@link #LARGEST_FILE} */
    static PartPlan of(long size) {
        if (size < 1 || size > LARGEST_FILE) {
            throw new IllegalArgumentException("A file of " + size + " bytes cannot be sent in parts");
        }
        long steps = Math.ceilDiv(Math.ceilDiv(size, MOST_PARTS), STEP);
        return new PartPlan(size, Math.max(SMALLEST_PART, steps * STEP));
    }

    static PartPlan of(MultipartUpload multipart) {
        return new PartPlan(multipart.contentLength(), multipart.partSize());
    }

    int count() {
        return Math.toIntExact(Math.ceilDiv(size, partSize));
    }

    boolean has(int number) {
        return number >= 1 && number <= count();
    }

    /** The size of the part with this number, from 1, in bytes. */
    long size(int number) {
        return number == count() ? size - (number - 1) * partSize : partSize;
    }
}
