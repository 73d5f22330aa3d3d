package dev.attache.gateway.upload;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What browsers report as a file's type, where that differs from the registered type. A browser derives the type from
 * the ending of the file's name, by its own table or the system's, such as the Windows registry (File API, section "The
 * type attribute"; MDN, "Blob: type property"). The entries are from these tables:
 *
 * <ul>
 *   <li>Chromium, {@code net/base/mime_util.cc}: {@code audio/mp3}, {@code audio/x-m4a}, {@code text/xml}. Its issue
 *       139105 reports that Excel registers {@code .csv} as {@code application/vnd.ms-excel}; Word does the same with
 *       {@code .rtf} and {@code application/msword}. Firefox uses what is registered.
 *   <li>The Windows registry, below {@code HKEY_CLASSES_ROOT}: {@code application/x-zip-compressed},
 *       {@code application/x-compressed}, {@code image/pjpeg} and {@code image/x-png} (MIME Type Detection in Windows
 *       Internet Explorer), {@code video/avi}, {@code audio/vnd.dlna.adts}.
 *   <li>Android, {@code android.webkit.MimeTypeMap}: {@code text/comma-separated-values}.
 *   <li>Linux desktops, freedesktop.org's shared MIME-info database: the aliases with {@code x-}.
 *   <li>Aliases in registrations: {@code text/xml} (RFC 7303), {@code application/x-gzip} (RFC 6713),
 *       {@code application/x-yaml}, {@code text/yaml}, {@code text/x-yaml} (RFC 9512), {@code audio/x-flac} (RFC 9639),
 *       {@code video/x-matroska} (RFC 9559), {@code audio/vnd.wave} (RFC 2361), {@code text/rtf} (IANA).
 * </ul>
 */
final class ReportedTypes {

    /**
     * A file format.
     *
     * @param names of the format, the registered one first. A request may ask for any of them
     * @param misreported types of other formats, or that no request should ask for, which systems report for it
     */
    private record Format(List<String> names, List<String> misreported) {}

    private static final Format UNKNOWN = new Format(List.of(), List.of());

    private static final Map<String, Format> BY_ENDING = new HashMap<>();

    static {
        add("aac", "audio/aac audio/x-aac", "audio/aacp audio/vnd.dlna.adts");
        add("avi", "video/x-msvideo video/vnd.avi video/avi", "video/msvideo");
        add("bmp", "image/bmp", "image/x-bmp image/x-ms-bmp");
        add(
                "csv",
                "text/csv",
                "application/vnd.ms-excel application/csv application/x-csv text/x-csv text/comma-separated-values"
                        + " text/x-comma-separated-values");
        add("flac", "audio/flac audio/x-flac", "");
        add("gz", "application/gzip application/x-gzip", "");
        add("ico", "image/vnd.microsoft.icon image/x-icon", "");
        add("jpg jpeg jpe jfif pjpeg", "image/jpeg", "image/pjpeg image/jpg");
        add("m4a", "audio/mp4", "audio/x-m4a audio/m4a");
        add("m4v", "video/mp4", "video/x-m4v");
        add("md", "text/markdown", "text/x-markdown");
        add("mkv", "video/matroska video/x-matroska", "");
        add("mp3", "audio/mpeg", "audio/mp3 audio/x-mp3 audio/x-mpeg audio/x-mpg");
        add("ogg oga", "audio/ogg", "application/ogg video/ogg audio/x-ogg");
        add("pdf", "application/pdf", "application/x-pdf");
        add("png", "image/png", "image/x-png");
        add("rar", "application/vnd.rar application/x-rar-compressed application/x-rar", "application/x-compressed");
        add("rtf", "application/rtf text/rtf", "application/msword");
        add("tgz", "application/gzip application/x-gzip", "application/x-compressed application/x-compressed-tar");
        add("vcf", "text/vcard text/x-vcard", "");
        add("wav", "audio/wav audio/x-wav audio/wave audio/vnd.wave", "");
        add("xml", "application/xml text/xml", "");
        add("yaml yml", "application/yaml application/x-yaml text/yaml text/x-yaml", "");
        add("zip", "application/zip", "application/x-zip-compressed application/x-zip");
    }

    private ReportedTypes() {}

    private static void add(String endings, String names, String misreported) {
        Format format = new Format(list(names), list(misreported));
        list(endings).forEach(ending -> BY_ENDING.put(ending, format));
    }

    private static List<String> list(String words) {
        return Arrays.stream(words.split(" ")).filter(word -> !word.isEmpty()).toList();
    }

    /** The endings, without a dot, of files for which systems may report another type than that of a request. */
    static Set<String> endings() {
        return BY_ENDING.keySet();
    }

    /** All names of the format that this file's ending stands for; empty if its type has no other name. */
    static List<String> names(String fileName) {
        return format(fileName).names();
    }

    /**
     * The types that a file may be signed for, the best first: what is reported for it, and what that is another name
     * of.
     *
     * @param reported in lower case and without parameters
     */
    static List<String> meant(String fileName, String reported) {
        Format format = format(fileName);
        if (format.misreported().contains(reported)) {
            return Stream.concat(format.names().stream(), Stream.of(reported)).toList();
        }
        return format.names().contains(reported)
                ? Stream.concat(Stream.of(reported), format.names().stream()).toList()
                : List.of(reported);
    }

    private static Format format(String fileName) {
        String ending = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return BY_ENDING.getOrDefault(ending, UNKNOWN);
    }
}
