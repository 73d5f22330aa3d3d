package dev.attache.gateway;

import dev.attache.wording.Languages;
import dev.attache.wording.Templates;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Set;

/** A kind of page and the writer of notices, for tests of the parts that all pages share. */
public final class TestPages {

    static final PageKind KIND = new PageKind("/u/", Set.of("/sign"), false);

    static final String PAGE = "/u/0123456789abcdef0123456789abcdef";

    /** A path that the page's script calls. */
    static final String SCRIPT_CALL = PAGE + "/sign";

    private TestPages() {}

    public static PageWriter writer() {
        return new PageWriter(new Templates("pages", "pages"), new Languages(Locale.ENGLISH), ZoneOffset.UTC, "");
    }
}
