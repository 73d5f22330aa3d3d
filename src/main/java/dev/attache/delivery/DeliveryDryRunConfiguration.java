package dev.attache.delivery;

import dev.attache.contract.EventCodec;
import dev.attache.contract.value.Channel;
import dev.attache.contract.value.PagePaths;
import dev.attache.deadletters.dryrun.AcceptanceCheck;
import dev.attache.delivery.DeliveryConfiguration.MailWriting;
import dev.attache.ledger.LedgerPreviews;
import dev.attache.link.LinkSigner;
import dev.attache.role.ConditionalOnRole;
import dev.attache.role.Role;
import dev.attache.source.SourcePolicies;
import dev.attache.storage.ObjectCatalog;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** The checks of the mail queues. Lazy, because only the console needs them. */
@Lazy
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.CONSOLE)
class DeliveryDryRunConfiguration {

    @Bean
    PreviewedDelivery previewedDelivery(
            EventCodec codec,
            SourcePolicies policies,
            @Qualifier("dryRunCatalog") ObjectCatalog catalog,
            LinkSigner signer,
            MailWriting writing,
            Clock clock) {
        return new PreviewedDelivery(codec, policies, catalog, signer, writing, clock);
    }

    @Bean
    EditedPages editedPages(@Value("${attache.gateway.public-url}") URI publicUrl) {
        return new EditedPages(publicUrl.toASCIIString().replaceAll("/+$", "") + PagePaths.DOWNLOAD);
    }

    @Bean
    DeliveryCheck emailDeliveryCheck(
            PreviewedDelivery delivery,
            LedgerPreviews previews,
            EditedPages editedPages,
            @Value("${spring.cloud.stream.bindings.emailDelivery-in-0.destination}") String queue) {
        return new DeliveryCheck(queue, Channel.EMAIL, delivery, previews, editedPages);
    }

    @Bean
    DeliveryCheck newsletterDeliveryCheck(
            PreviewedDelivery delivery,
            LedgerPreviews previews,
            EditedPages editedPages,
            @Value("${spring.cloud.stream.bindings.newsletterDelivery-in-0.destination}") String queue) {
        return new DeliveryCheck(queue, Channel.NEWSLETTER, delivery, previews, editedPages);
    }

    @Bean
    AcceptanceCheck undeliveredCheck(EventCodec codec, List<DeliveryCheck> channels) {
        return new UndeliveredCheck(codec, channels);
    }
}
