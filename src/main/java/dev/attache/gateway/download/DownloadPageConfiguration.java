package dev.attache.gateway.download;

import dev.attache.contract.value.PagePaths;
import dev.attache.download.DownloadRenewals;
import dev.attache.download.DownloadUsage;
import dev.attache.download.PageView;
import dev.attache.gateway.PageHeaders;
import dev.attache.gateway.PageKind;
import dev.attache.gateway.PageLimits;
import dev.attache.gateway.PageOrigins;
import dev.attache.gateway.PageSecurity;
import dev.attache.gateway.PageWriter;
import dev.attache.gateway.identity.LogoOrigins;
import dev.attache.gateway.identity.PageSenders;
import dev.attache.ledger.downloads.PageToken;
import dev.attache.link.LinkOrigins;
import dev.attache.role.ConditionalOnRole;
import dev.attache.role.Role;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** The parts of the download page, and the headers, limits and security of its paths. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.PAGES)
class DownloadPageConfiguration {

    /** The kind of page that all beans here belong to. */
    private static final PageKind KIND = new PageKind(PagePaths.DOWNLOAD, Set.of(), true);

    @Bean
    PageKind downloadPageKind() {
        return KIND;
    }

    @Bean
    Downloads pageDownloads(DownloadUsage usage, DownloadRenewals renewals) {
        return new Downloads() {

            @Override
            public Optional<PageView> find(PageToken token) {
                return usage.find(token);
            }

            @Override
            public DownloadUsage.Result press(PageToken token, int item, @Nullable String typedAddress) {
                return usage.press(token, item, typedAddress);
            }

            @Override
            public void renew(PageToken token) {
                renewals.request(token);
            }
        };
    }

    @Bean
    DownloadLimits downloadLimits(PageLimits limits) {
        return new DownloadLimits(limits.clients(), System::nanoTime);
    }

    @Bean
    DownloadPageWriter downloadPageWriter(PageWriter pages, PageSenders senders, Clock clock) {
        return new DownloadPageWriter(pages, senders, clock);
    }

    /** Browsers apply {@code form-action} to redirects, and a button's answer redirects to S3. */
    @Bean
    FilterRegistrationBean<PageHeaders> downloadPageHeaders(LinkOrigins links, LogoOrigins logos) {
        return PageHeaders.registration(KIND, new PageOrigins(List.of(), links.origins(), logos.origins()));
    }

    /** Open to everyone who knows the page's address. */
    @Bean
    @Order(1)
    SecurityFilterChain downloadPages(HttpSecurity http) throws Exception {
        return PageSecurity.permitAll(http, PagePaths.DOWNLOAD + "**");
    }
}
