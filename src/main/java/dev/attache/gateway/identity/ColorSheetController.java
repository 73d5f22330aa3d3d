package dev.attache.gateway.identity;

import dev.attache.role.ConditionalOnRole;
import dev.attache.role.Role;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Serves the style sheets with the sources' colours. */
@RestController
@ConditionalOnRole(Role.PAGES)
public class ColorSheetController {

    private static final MediaType CSS = MediaType.parseMediaType("text/css;charset=UTF-8");

    private final ColorSheets sheets;

    ColorSheetController(ColorSheets sheets) {
        this.sheets = sheets;
    }

    @GetMapping("/assets" + ColorSheets.FOLDER + "{digits:[0-9a-f]{6}}" + ColorSheets.SUFFIX)
    ResponseEntity<String> styleSheet(@PathVariable String digits) {
        return sheets.styleSheet(digits)
                .map(sheet -> ResponseEntity.ok()
                        .contentType(CSS)
                        .cacheControl(CacheControl.maxAge(Duration.ofHours(1)).cachePublic())
                        .body(sheet))
                .orElseGet(() -> ResponseEntity.notFound().build());
    }
}
