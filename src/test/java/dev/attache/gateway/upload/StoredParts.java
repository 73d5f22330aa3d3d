package dev.attache.gateway.upload;

import com.sun.net.httpserver.HttpExchange;
import dev.attache.encoding.Sha256;
import dev.attache.gateway.PageServer;
import dev.attache.upload.ChosenFile;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The endpoints that start, sign and complete multipart uploads, without S3: for tests of the page's script. */
final class StoredParts {

    static final int PART_SIZE = 8 << 20;

    private final JsonMapper json = new JsonMapper();
    private final UploadPageFixture fixture;
    private final String storage;

    /** Whether the next completion finds other parts than those of the file. */
    volatile boolean changedOnce;

    private final Map<String, Multipart> multiparts = new HashMap<>();

    private volatile @Nullable String object;

    private record Multipart(
            String fingerprint, String tab, JsonNode file, Map<Integer, BrowserStorage.Received> parts) {}

    StoredParts(UploadPageFixture fixture, String storage) {
        this.fixture = fixture;
        this.storage = storage;
    }

    /** The checksum of the object that was made of parts. */
    @Nullable
    String object() {
        return object;
    }

    synchronized long storedBytes() {
        return multiparts.values().stream()
                .flatMap(it -> it.parts().values().stream())
                .mapToLong(BrowserStorage.Received::size)
                .sum();
    }

    /** Stores a part; empty if the request is not for one. */
    synchronized Optional<Integer> store(BrowserStorage.Received request) {
        String query = request.address().getQuery();
        if (query == null || !query.startsWith("partNumber=")) {
            return Optional.empty();
        }
        String[] values =
                query.replace("partNumber=", "").replace("uploadId=", "").split("&");
        Multipart multipart = multiparts.get(values[1]);
        if (multipart == null) {
            return Optional.of(404);
        }
        multipart.parts().put(Integer.valueOf(values[0]), request);
        return Optional.of(200);
    }

    void answer(HttpExchange exchange) throws IOException {
        JsonNode body = json.readTree(exchange.getRequestBody().readAllBytes());
        String path = exchange.getRequestURI().getPath();
        Map<String, ?> answer =
                path.endsWith("/multipart") ? started(body) : path.endsWith("/parts") ? signed(body) : completed(body);
        int status = answer.containsKey("code") ? 409 : 200;
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        PageServer.answer(exchange, status, json.writeValueAsBytes(answer));
    }

    private synchronized Map<String, ?> started(JsonNode body) {
        String fingerprint = body.get("name") + " " + body.get("size") + " " + body.get("lastModified") + " "
                + body.get("firstPart");
        String tab = body.get("tab").asString();
        String id = multiparts.entrySet().stream()
                .filter(it -> it.getValue().fingerprint().equals(fingerprint)
                        && it.getValue().tab().equals(tab))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseGet(() -> UUID.randomUUID().toString());
        Multipart multipart =
                multiparts.computeIfAbsent(id, it -> new Multipart(fingerprint, tab, body, new TreeMap<>()));
        List<Map<String, ?>> parts = new ArrayList<>();
        multipart
                .parts()
                .forEach((number, part) ->
                        parts.add(Map.of("number", number, "size", part.size(), "sha256", base64(part.sha256()))));
        return Map.of("number", 1, "uploadId", id, "partSize", PART_SIZE, "parts", parts);
    }

    private Map<String, ?> signed(JsonNode body) {
        List<Map<String, ?>> links = new ArrayList<>();
        for (JsonNode part : body.get("parts")) {
            links.add(Map.of(
                    "number",
                    part.get("number").asInt(),
                    "url",
                    storage + "/uploads/x?partNumber=" + part.get("number").asInt() + "&uploadId="
                            + body.get("uploadId").asString(),
                    "method",
                    "PUT",
                    "headers",
                    Map.of("x-amz-checksum-sha256", part.get("sha256").asString())));
        }
        return Map.of("parts", links);
    }

    private synchronized Map<String, ?> completed(JsonNode body) {
        Multipart multipart = multiparts.get(body.get("uploadId").asString());
        MessageDigest digest = Sha256.digest();
        multipart.parts().values().forEach(part -> digest.update(part.sha256()));
        String checksum = base64(digest.digest()) + "-" + multipart.parts().size();
        if (changedOnce || !checksum.equals(body.get("checksum").asString())) {
            changedOnce = false;
            multiparts.clear();
            return Map.of("code", "PARTS_CHANGED", "detail", "Parts changed");
        }
        object = checksum;
        JsonNode file = multipart.file();
        ChosenFile chosen = new ChosenFile(
                file.get("name").asString(),
                "",
                file.get("size").asLong(),
                file.get("lastModified").asLong());
        fixture.files.add("uploads/crm/" + UploadPageFixture.ID + "/1", chosen.name(), chosen.size(), chosen.id());
        return Map.of(
                "reference",
                "ABCD-EFGH",
                "complete",
                true,
                "files",
                List.of(Map.of(
                        "number",
                        1,
                        "name",
                        chosen.name(),
                        "size",
                        chosen.size(),
                        "receivedAt",
                        UploadPageFixture.NOW.toString())));
    }

    /** The checksum of an object of parts with this content. */
    static String composite(byte[] content) {
        MessageDigest digest = Sha256.digest();
        int count = Math.ceilDiv(content.length, PART_SIZE);
        for (int i = 0; i < count; i++) {
            byte[] part = Arrays.copyOfRange(content, i * PART_SIZE, Math.min(content.length, (i + 1) * PART_SIZE));
            digest.update(Sha256.digest().digest(part));
        }
        return base64(digest.digest()) + "-" + count;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
