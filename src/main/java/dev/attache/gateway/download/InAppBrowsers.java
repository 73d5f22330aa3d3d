package dev.attache.gateway.download;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Recognizes browsers inside other apps, many of which cannot save a file. A miss only hides a hint. */
final class InAppBrowsers {

    /** Apps that name themselves, and the mark of Android's WebView. */
    private static final Pattern NAMED = Pattern.compile(
            "FBAN|FBAV|FB_IAB|Instagram|\\bLine/|MicroMessenger|Snapchat|musical_ly|BytedanceWebview|TikTok"
                    + "|Twitter for|LinkedInApp|Pinterest/|\\bGSA/|; wv\\)");

    /** Safari and the other browsers of iOS name Safari or themselves; a plain web view names neither. */
    private static final Pattern IOS_WEB_VIEW =
            Pattern.compile("\\((iPhone|iPad|iPod)[^)]*\\) AppleWebKit/(?!.*(Safari/|CriOS/|FxiOS/|EdgiOS/|OPiOS/))");

    private static final int LONGEST = 1000;

    private InAppBrowsers() {}

    static boolean isOne(@Nullable String userAgent) {
        return userAgent != null
                && userAgent.length() <= LONGEST
                && (NAMED.matcher(userAgent).find()
                        || IOS_WEB_VIEW.matcher(userAgent).find());
    }
}
