package dev.attache.gateway.download;

import dev.attache.contract.value.DownloadPage;
import dev.attache.contract.value.MessageText;
import dev.attache.contract.value.ObjectRef;
import dev.attache.download.Refusal;
import dev.attache.ledger.downloads.DownloadAccess.State;
import dev.attache.ledger.downloads.DownloadUse;
import dev.attache.source.SourceIdentity;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;

/** The pages that a recipient can see, for tests in a browser. */
enum DownloadPageStates {
    ONE_FILE(it -> {}),
    FIFTY_FILES(it -> it.files(50)),
    PURCHASE(it -> it.purchase().files(3)),
    ONE_TIME(it -> it.limited(null, true, DownloadUse.NONE)),
    REPEATABLE(it -> it.limited(
            null, true, DownloadUse.NONE.withUse(0, "a", DownloadPageFixture.NOW.minus(Duration.ofMinutes(7))))),
    LIMITED(it -> it.files(3)
            .limited(
                    2,
                    false,
                    DownloadUse.NONE
                            .withUse(0, "a", DownloadPageFixture.NOW)
                            .withUse(1, "b", DownloadPageFixture.NOW)
                            .withUse(1, "c", DownloadPageFixture.NOW))),
    CONFIRMATION(DownloadPageFixture::confirmed),
    WRONG_ADDRESS(
            it -> {
                it.confirmed();
                it.downloads.refuse(Refusal.ADDRESS_WRONG);
            },
            true),
    CONFIRMATION_BY_MAIL(DownloadPageFixture::confirmedByMail),
    OTHER_SCRIPTS(it -> {
        it.source.identity = SourceIdentity.named("شركة الأمل");
        it.message(new MessageText(
                        "تقرير 2026 (Q3)", "سلام علی‌پور، التقرير مرفق.\n\nשלום, הקובץ מצורף.\n\nFamily: 👨‍👩‍👧"))
                .files(
                        named("דו״ח רבעוני.pdf"),
                        named("a-file-with-a-very-long-name-" + "that-goes-on-and-on-".repeat(8) + ".pdf"));
    }),
    BRANDED(it -> it.source.identity = new SourceIdentity(
            "Acme Legal Services",
            "help@acme.example",
            null,
            null,
            URI.create("https://cdn.acme.example/logo.svg"),
            DownloadPageFixture.BRAND,
            URI.create("https://acme.example/imprint"),
            URI.create("https://acme.example/privacy"))),
    EXHAUSTED(it -> it.show(new State.Exhausted())),
    EXPIRED(it -> {
        BRANDED.change.accept(it);
        it.show(new State.Expired(DownloadPageFixture.EXPIRY));
    }),
    RENEWABLE(it -> {
        BRANDED.change.accept(it);
        it.show(new State.Expired(DownloadPageFixture.EXPIRY), true);
    }),
    RENEWED(
            it -> {
                BRANDED.change.accept(it);
                it.show(new State.Expired(DownloadPageFixture.EXPIRY), true);
            },
            true),
    REVOKED(it -> it.show(new State.Revoked(DownloadPageFixture.NOW))),
    NOT_YET(it -> it.downloads.view = null),
    OBJECT_GONE(
            it -> {
                it.files(3);
                it.downloads.refuse(Refusal.OBJECT_GONE);
            },
            true);

    private final Consumer<DownloadPageFixture> change;

    /** Whether the page follows when its first button is pressed. */
    final boolean pressed;

    DownloadPageStates(Consumer<DownloadPageFixture> change) {
        this(change, false);
    }

    DownloadPageStates(Consumer<DownloadPageFixture> change, boolean pressed) {
        this.change = change;
        this.pressed = pressed;
    }

    DownloadPageFixture fixture() {
        DownloadPageFixture fixture = new DownloadPageFixture();
        change.accept(fixture);
        return fixture;
    }

    private static DownloadPage.Item named(String name) {
        return new DownloadPage.Item(new ObjectRef("files", "x", null), null, name, 1_500_000L, "application/pdf");
    }
}
