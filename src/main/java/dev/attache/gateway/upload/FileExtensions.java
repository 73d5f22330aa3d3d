package dev.attache.gateway.upload;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;

/** Media types by file name extension. */
final class FileExtensions {

    /** Types that are missing in Spring's table and in many browsers. */
    private static final Map<String, MediaType> ADDITIONAL = Map.of(
            "gz", new MediaType("application", "gzip"),
            "heic", new MediaType("image", "heic"),
            "heif", new MediaType("image", "heif"),
            "md", MediaType.TEXT_MARKDOWN,
            "parquet", new MediaType("application", "vnd.apache.parquet"),
            "yaml", MediaType.APPLICATION_YAML,
            "yml", MediaType.APPLICATION_YAML);

    private FileExtensions() {}

    /** The media types that a file of this name may have, the most likely first. */
    static List<MediaType> types(String fileName) {
        String extension = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return Stream.of(
                        MediaTypeFactory.getMediaTypes(fileName).stream(),
                        Stream.ofNullable(ADDITIONAL.get(extension)),
                        ReportedTypes.names(fileName).stream().map(MediaType::valueOf))
                .flatMap(types -> types)
                .distinct()
                .toList();
    }
}
