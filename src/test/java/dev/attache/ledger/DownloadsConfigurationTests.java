package dev.attache.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.ledger.downloads.DeliveryHashes;
import dev.attache.ledger.downloads.DeliveryKey;
import dev.attache.ledger.downloads.DownloadUses;
import dev.attache.ledger.downloads.IssuedPage;
import dev.attache.ledger.downloads.IssuedPages;
import dev.attache.ledger.downloads.LinkChanges;
import dev.attache.ledger.downloads.LinkChanges.Target;
import dev.attache.ledger.downloads.PageBuilder;
import dev.attache.ledger.downloads.PageToken;
import dev.attache.ledger.downloads.PageTokens;
import dev.attache.ledger.objects.InMemoryS3;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import software.amazon.awssdk.services.s3.S3Client;

class DownloadsConfigurationTests {

    private static final IssuedPage PAGE = new PageBuilder().issued();

    private final InMemoryS3 s3 = new InMemoryS3();

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withUserConfiguration(LedgerConfiguration.class, DownloadsConfiguration.class)
            .withBean(S3Client.class, () -> s3)
            .withBean(
                    "pagesS3",
                    S3Client.class,
                    () -> s3,
                    definition -> ((AbstractBeanDefinition) definition).setDefaultCandidate(false))
            .withPropertyValues("attache.ledger.bucket=attachments");

    private static DeliveryKey key(ApplicationContext context) {
        return context.getBean(DeliveryHashes.class)
                .key(PAGE.source(), PAGE.requestId(), PAGE.recipient().address(), PAGE.deliveryId());
    }

    private static <T> T ofPages(ApplicationContext context, Class<T> type, String name) {
        return BeanFactoryAnnotationUtils.qualifiedBeanOfType(context.getAutowireCapableBeanFactory(), type, name);
    }

    @Test
    void pagesReadWhatTheWorkerWrote() {
        runner.run(context -> {
            DeliveryKey key = key(context);
            context.getBean(Claims.class).take(new ClaimKey(PAGE.deliveryId(), key), null, PAGE);
            context.getBean(LinkChanges.class).revoke(new Target.OfRequest("crm", "request-1"), PAGE.issuedAt(), "e");
            String token = context.getBean(PageTokens.class).token(key, 2);

            assertThat(ofPages(context, PageTokens.class, "pagePageTokens").read(token))
                    .contains(new PageToken(key, 2));
            assertThat(ofPages(context, IssuedPages.class, "pageIssuedPages").find(key))
                    .contains(PAGE);
            assertThat(ofPages(context, LinkChanges.class, "pageLinkChanges").ofRequest("crm", "request-1"))
                    .isEqualTo(context.getBean(LinkChanges.class).ofRequest("crm", "request-1"));
            ofPages(context, DownloadUses.class, "pageDownloadUses")
                    .change(key, use -> use.withUse(0, "a", PAGE.issuedAt()));
            assertThat(context.getBean(DownloadUses.class).find(key).isDownloaded())
                    .isTrue();
        });
    }

    @Test
    void hashesHaveTheirOwnStoredKeyWhichIsKeptWhenOtherKeysAreConfigured() {
        runner.run(context -> assertThat(key(context)).isNotNull());
        byte[] created = s3.objects.get("attache-keys/locator");
        assertThat(created).isNotNull();

        runner.withPropertyValues(
                        "attache.keys.secrets=a:" + Base64.getEncoder().encodeToString(new byte[32]))
                .run(context -> {
                    DeliveryKey before = key(context);
                    context.getBean(PageTokens.class).token(before, 0);

                    assertThat(s3.objects.get("attache-keys/locator")).isEqualTo(created);
                    assertThat(s3.objects).doesNotContainKey("attache-keys/keys");
                });
    }
}
