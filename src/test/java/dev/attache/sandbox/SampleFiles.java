package dev.attache.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The files that the samples link to: small, but valid files of their types. */
public final class SampleFiles {

    /** A file in the bucket. */
    public record SampleFile(String key, String contentType, byte[] content) {}

    private SampleFiles() {}

    /** All of them, with the same content at every start. */
    public static List<SampleFile> all() {
        return List.of(
                new SampleFile(
                        "downloads/crm/contract-4711.pdf",
                        "application/pdf",
                        pdf("Contract 4711", "between Ana Lima and Attach\\351.")),
                new SampleFile("downloads/shop/streams.epub", "application/epub+zip", epub()),
                new SampleFile(
                        "downloads/shop/exercises.pdf", "application/pdf", pdf("Exercises", "to Streams in Practice.")),
                new SampleFile("downloads/desk/report.csv", "text/csv", csv()));
    }

    /** One A4 page (ISO 32000-1, 7.5 "File structure"): objects, then a table of their offsets. */
    private static byte[] pdf(String title, String line) {
        var page = "BT /F1 24 Tf 72 760 Td (" + title + ") Tj /F1 12 Tf 0 -36 Td "
                + "(" + line + ") Tj 0 -18 Td "
                + "(This page came by a link that expires.) Tj ET";
        var objects = List.of(
                "<< /Type /Catalog /Pages 2 0 R >>",
                "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
                        + " /Resources << /Font << /F1 5 0 R >> >> >>",
                "<< /Length %d >>\nstream\n%s\nendstream".formatted(page.length(), page),
                "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
        var file = new StringBuilder("%PDF-1.4\n");
        var offsets = new ArrayList<Integer>();
        for (int i = 0; i < objects.size(); i++) {
            offsets.add(file.length());
            file.append("%d 0 obj\n%s\nendobj\n".formatted(i + 1, objects.get(i)));
        }
        var table = file.length();
        file.append("xref\n0 %d\n0000000000 65535 f \n".formatted(objects.size() + 1));
        offsets.forEach(offset -> file.append("%010d 00000 n \n".formatted(offset)));
        file.append(
                "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n".formatted(objects.size() + 1, table));
        return file.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** One chapter (W3C, "EPUB 3.3"): a ZIP whose first entry is its media type, not compressed. */
    private static byte[] epub() {
        var files = new LinkedHashMap<String, String>();
        files.put("META-INF/container.xml", """
            <?xml version="1.0" encoding="UTF-8"?>
            <container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
              <rootfiles><rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles>
            </container>
            """);
        files.put("book.opf", """
            <?xml version="1.0" encoding="UTF-8"?>
            <package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
              <metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
                <dc:identifier id="id">urn:uuid:5f0a2a52-52b7-5d0c-9f6e-6d6b1f1c4711</dc:identifier>
                <dc:title>Streams in Practice</dc:title>
                <dc:language>en</dc:language>
                <meta property="dcterms:modified">2026-01-01T00:00:00Z</meta>
              </metadata>
              <manifest>
                <item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
                <item id="one" href="one.xhtml" media-type="application/xhtml+xml"/>
              </manifest>
              <spine><itemref idref="one"/></spine>
            </package>
            """);
        files.put(
                "nav.xhtml",
                xhtml("Contents", "<nav epub:type=\"toc\"><ol><li><a href=\"one.xhtml\">Upstream</a></li></ol></nav>"));
        files.put("one.xhtml", xhtml("Upstream", "<h1>Upstream</h1><p>Every message was once an event.</p>"));
        return zip("application/epub+zip", files);
    }

    private static String xhtml(String title, String body) {
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">
            <head><title>%s</title></head><body>%s</body></html>
            """.formatted(title, body);
    }

    private static byte[] zip(String mediaType, Map<String, String> files) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(stored("mimetype", mediaType.getBytes(StandardCharsets.US_ASCII)));
            zip.write(mediaType.getBytes(StandardCharsets.US_ASCII));
            for (var file : files.entrySet()) {
                zip.putNextEntry(entry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static ZipEntry stored(String name, byte[] content) {
        var crc = new CRC32();
        crc.update(content);
        var entry = entry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        return entry;
    }

    private static ZipEntry entry(String name) {
        var entry = new ZipEntry(name);
        entry.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0));
        return entry;
    }

    private static byte[] csv() {
        return "month,requests,links\n2026-09,1204,1311\n2026-10,1377,1502\n2026-11,1490,1618\n"
                .getBytes(StandardCharsets.UTF_8);
    }
}
