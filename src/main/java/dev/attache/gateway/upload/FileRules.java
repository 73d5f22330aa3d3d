package dev.attache.gateway.upload;

import dev.attache.contract.value.UploadTerms;
import dev.attache.ledger.OpenUpload;
import dev.attache.storage.ContentTypes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** Checks whether a described file meets the terms of its upload. */
final class FileRules {

    /** Characters; the limit of common file systems. */
    private static final int LONGEST_NAME = 255;

    private FileRules() {}

    /**
     * The media type to sign. If the browser does not know the type, it is derived from the file name's extension. If
     * it reports another name of a type that the terms accept, see {@link ReportedTypes}, the accepted one is signed.
     * So the page's script must not refuse a type itself where the extension fits the terms: it asks.
     *
     * @throws UploadRefusedException if the file does not meet the terms
     */
    static String contentType(OpenUpload upload, FileDescription file) {
        UploadTerms terms = upload.terms();
        String name = file.name();
        Long size = file.size();
        if (name == null || name.isBlank() || name.length() > LONGEST_NAME) {
            throw new UploadRefusedException(UploadProblem.NAME_INVALID, upload);
        }
        if (size == null || size < 0) {
            throw new UploadRefusedException(UploadProblem.MALFORMED, upload);
        }
        checkSize(upload, terms, size);
        return candidates(name, file.type() == null ? "" : file.type().strip()).stream()
                .filter(type -> ContentTypes.accepts(terms.contentTypes(), type.toString()))
                .findFirst()
                .orElseThrow(() -> new UploadRefusedException(UploadProblem.CONTENT_TYPE_NOT_ALLOWED, upload))
                .toString();
    }

    private static void checkSize(OpenUpload upload, UploadTerms terms, long size) {
        Long exact = terms.contentLength();
        if (size == 0) {
            throw new UploadRefusedException(UploadProblem.EMPTY, upload);
        }
        if (exact != null && size != exact) {
            throw new UploadRefusedException(UploadProblem.WRONG_SIZE, upload);
        }
        if (size > terms.maxBytes()) {
            throw new UploadRefusedException(UploadProblem.TOO_LARGE, upload);
        }
    }

    private static List<MediaType> candidates(String name, String reported) {
        Optional<MediaType> type = concrete(reported);
        boolean unknown = reported.isEmpty()
                || type.filter(MediaType.APPLICATION_OCTET_STREAM::equals).isPresent();
        return unknown
                ? Stream.concat(FileExtensions.types(name).stream(), type.stream())
                        .toList()
                : type.stream()
                        .flatMap(it -> ReportedTypes.meant(name, it.toString()).stream())
                        .map(MediaType::valueOf)
                        .toList();
    }

    /** Without parameters: terms have none, and the browser would have to send exactly the signed value. */
    private static Optional<MediaType> concrete(String reported) {
        try {
            MediaType type = MediaType.parseMediaType(reported.toLowerCase(Locale.ROOT));
            return type.isConcrete() ? Optional.of(new MediaType(type.getType(), type.getSubtype())) : Optional.empty();
        } catch (InvalidMediaTypeException e) {
            return Optional.empty();
        }
    }
}
