package dev.attache.gateway.upload;

import dev.attache.storage.ContentTypes;
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

    /** Endings that people's files have. */
    private static final List<String> COMMON = List.of(
            "7z", "aac", "avi", "bmp", "csv", "doc", "docx", "eml", "epub", "flac", "gif", "gz", "heic", "heif", "html",
            "ics", "jpeg", "jpg", "json", "m4a", "m4v", "md", "mkv", "mov", "mp3", "mp4", "odp", "ods", "odt", "ogg",
            "parquet", "pdf", "png", "ppt", "pptx", "rtf", "svg", "tar", "tif", "tiff", "tsv", "txt", "wav", "webm",
            "webp", "xls", "xlsx", "xml", "yaml", "yml", "zip");

    private FileExtensions() {}

    /**
     * The endings of files that these types allow, such as {@code .csv}. Systems without a type for an ending offer a
     * file for its ending only; and some report another type for it.
     */
    static List<String> endings(List<String> accepted) {
        return Stream.concat(COMMON.stream(), ReportedTypes.endings().stream())
                .distinct()
                .sorted()
                .filter(ending -> types("file." + ending).stream()
                        .anyMatch(type -> ContentTypes.accepts(accepted, type.toString())))
                .map(ending -> "." + ending)
                .toList();
    }

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
