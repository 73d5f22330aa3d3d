package dev.attache.gateway.upload;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;

/** What the ending of a file's name says about its media type. */
final class FileEndings {

    /** Registered since Spring's table was made; many a browser knows none of these either. */
    private static final Map<String, MediaType> YOUNGER = Map.of(
            "gz", new MediaType("application", "gzip"),
            "heic", new MediaType("image", "heic"),
            "heif", new MediaType("image", "heif"),
            "md", MediaType.TEXT_MARKDOWN,
            "parquet", new MediaType("application", "vnd.apache.parquet"),
            "yaml", MediaType.APPLICATION_YAML,
            "yml", MediaType.APPLICATION_YAML);

    private FileEndings() {}

    /** The types that a file of this name may have, the likeliest first. */
    static List<MediaType> types(String fileName) {
        String ending = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return Stream.concat(MediaTypeFactory.getMediaTypes(fileName).stream(), Stream.ofNullable(YOUNGER.get(ending)))
                .toList();
    }
}
