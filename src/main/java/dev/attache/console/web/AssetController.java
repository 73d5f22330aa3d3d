package dev.attache.console.web;

import dev.attache.console.ConsoleAssets;
import dev.attache.console.ConsoleController;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Style sheet, scripts and icon. */
@ConsoleController
class AssetController {

    private static final CacheControl KEEP =
            CacheControl.maxAge(Duration.ofDays(365)).cachePrivate().immutable();

    private final ConsoleAssets assets;

    AssetController(ConsoleAssets assets) {
        this.assets = assets;
    }

    @GetMapping("/ops/assets/{name}")
    ResponseEntity<byte[]> asset(@PathVariable String name) {
        return assets.find(name)
                .map(asset -> ResponseEntity.ok()
                        .cacheControl(KEEP)
                        .eTag(asset.hash())
                        .header(HttpHeaders.CONTENT_TYPE, asset.type())
                        .body(asset.content()))
                .orElseGet(() -> ResponseEntity.notFound().build());
    }
}
