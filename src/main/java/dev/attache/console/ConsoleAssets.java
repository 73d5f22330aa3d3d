package dev.attache.console;

import dev.attache.encoding.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Style sheet, scripts and icon of the console. Their addresses contain a hash, so browsers may keep them. */
public final class ConsoleAssets {

    private static final String CSS = "text/css;charset=UTF-8";

    private static final String SCRIPT = "text/javascript;charset=UTF-8";

    private final Map<String, Asset> assets = new TreeMap<>();

    public ConsoleAssets() {
        add("console.css", "/console/console.css", CSS);
        add("htmx.js", "/META-INF/resources/webjars/htmx.org/2.0.8/dist/htmx.min.js", SCRIPT);
        add("console.js", "/console/console.js", SCRIPT);
        add("icon.svg", "/static/assets/icon.svg", "image/svg+xml");
    }

    /**
     * One file.
     *
     * @param hash of its content, part of its address
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    public record Asset(byte[] content, String type, String hash) {}

    /** The asset with this file name. */
    public Optional<Asset> find(String name) {
        return Optional.ofNullable(assets.get(name));
    }

    /** The address of each asset, by its file name. */
    public Map<String, String> addresses() {
        return assets.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        asset -> "/ops/assets/" + asset.getKey() + "?v="
                                + asset.getValue().hash()));
    }

    private void add(String name, String resource, String type) {
        try (InputStream stream = ConsoleAssets.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("The class path has no " + resource);
            }
            byte[] content = stream.readAllBytes();
            String hash = HexFormat.of().formatHex(Sha256.digest().digest(content), 0, 8);
            assets.put(name, new Asset(content, type, hash));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
