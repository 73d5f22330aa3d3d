package dev.attache.console.requests;

import dev.attache.audit.AuditLog;
import dev.attache.console.ConsolePages;
import dev.attache.download.DownloadResends;
import dev.attache.role.ConditionalOnRole;
import dev.attache.role.Role;
import dev.attache.story.LinkRequests;
import dev.attache.story.MailSearch;
import dev.attache.story.RequestChanges;
import dev.attache.story.ResentUploads;
import dev.attache.story.SharedObjects;
import dev.attache.story.Stories;
import java.time.Clock;
import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.context.annotation.Bean;

/**
 * The controllers about requests, in the context of the management port. It is listed in
 * {@code ManagementContextConfiguration.imports} and is no {@code @Configuration}, so that component scans of the
 * application do not find it.
 */
@ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
@ConditionalOnRole(Role.CONSOLE)
class ConsoleRequestsConfiguration {

    @Bean
    RequestActions requestActions(
            Stories stories,
            RequestChanges changes,
            DownloadResends resends,
            ResentUploads uploads,
            LinkRequests links,
            AuditLog audit,
            Clock clock) {
        return new RequestActions(stories, changes, resends, uploads, links, audit, clock);
    }

    @Bean
    RequestViews requestViews(Stories stories, MailSearch search, SharedObjects objects) {
        return new RequestViews(stories, search, objects);
    }

    @Bean
    RequestsController requestsController(RequestViews views, ConsolePages pages) {
        return new RequestsController(views, pages);
    }

    @Bean
    RequestActionsController requestActionsController(
            RequestActions actions, RequestViews views, RequestChanges changes, ConsolePages pages, Clock clock) {
        return new RequestActionsController(actions, views, changes, pages, clock);
    }

    @Bean
    ShareController shareController(
            LinkRequests links, SharedObjects objects, RequestActions actions, ConsolePages pages) {
        return new ShareController(links, objects, actions, pages);
    }

    @Bean
    RequestsApiController requestsApiController(RequestActions actions, RequestViews views) {
        return new RequestsApiController(actions, views);
    }

    @Bean
    ShareApiController shareApiController(LinkRequests links, SharedObjects objects, RequestActions actions) {
        return new ShareApiController(links, objects, actions);
    }
}
