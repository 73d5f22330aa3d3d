package dev.attache.gateway.upload;

import dev.attache.contract.value.PagePaths;
import dev.attache.gateway.PageHeaders;
import dev.attache.gateway.PageKind;
import dev.attache.gateway.PageOrigins;
import dev.attache.gateway.PageSecurity;
import dev.attache.gateway.PageWriter;
import dev.attache.gateway.identity.LogoOrigins;
import dev.attache.gateway.identity.PageSenders;
import dev.attache.ledger.OpenUploads;
import dev.attache.link.LinkOrigins;
import dev.attache.link.LinkSigner;
import dev.attache.role.ConditionalOnRole;
import dev.attache.role.Role;
import dev.attache.source.SourcePolicies;
import dev.attache.upload.UploadSlots;
import dev.attache.upload.multipart.MultipartCompletion;
import dev.attache.upload.multipart.MultipartProperties;
import dev.attache.upload.multipart.MultipartStart;
import dev.attache.upload.multipart.PartLinks;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** The parts of the upload page, and the headers and security of its paths. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(UploadPageProperties.class)
@ConditionalOnRole(Role.PAGES)
class UploadPageConfiguration {

    /** The kind of page that all beans here belong to. */
    private static final PageKind KIND = new PageKind(
            PagePaths.UPLOAD,
            Set.of(
                    UploadSignController.PATH_SUFFIX,
                    UploadReceiptController.ARRIVED_SUFFIX,
                    UploadReceiptController.COMPLETE_SUFFIX,
                    UploadReceiptController.DECLINE_SUFFIX,
                    MultipartController.START_SUFFIX,
                    MultipartController.PARTS_SUFFIX,
                    MultipartController.COMPLETE_SUFFIX),
            false);

    @Bean
    PageKind uploadPageKind() {
        return KIND;
    }

    @Bean
    UploadPageService uploadPageService(
            @Qualifier("pageUploads") OpenUploads uploads,
            UploadSlots slots,
            SourcePolicies policies,
            LinkSigner signer,
            Clock clock,
            UploadPageProperties properties) {
        return new UploadPageService(uploads, slots, policies, signer, clock, properties.uploadLinkLifetime());
    }

    @Bean
    MultipartPageService multipartPageService(
            UploadPageService uploads,
            MultipartStart starts,
            MultipartCompletion completion,
            LinkSigner signer,
            UploadPageProperties properties) {
        PartLinks links = new PartLinks(signer, properties.uploadLinkLifetime(), UploadPageProperties.SHORTEST_LINK);
        return new MultipartPageService(uploads, starts, links, completion);
    }

    @Bean
    UploadPageWriter uploadPageWriter(PageWriter pages, PageSenders senders, MultipartProperties multiparts) {
        return new UploadPageWriter(pages, senders, multiparts::thresholdOf);
    }

    /** The page sends files to the storage, so its script may connect to the origins of signed links. */
    @Bean
    FilterRegistrationBean<PageHeaders> uploadPageHeaders(LinkOrigins links, LogoOrigins logos) {
        return PageHeaders.registration(KIND, new PageOrigins(links.origins(), List.of(), logos.origins()));
    }

    /** Open to everyone who knows the page's address. */
    @Bean
    @Order(1)
    SecurityFilterChain uploadPages(HttpSecurity http) throws Exception {
        return PageSecurity.permitAll(http, PagePaths.UPLOAD + "**");
    }
}
