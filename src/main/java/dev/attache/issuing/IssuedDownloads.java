package dev.attache.issuing;

import dev.attache.contract.value.DownloadPage;
import dev.attache.contract.value.Link;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The links of one delivery.
 *
 * @param links the link to the page, if there is one, before signed links
 * @param page the download page; null if the links lead directly to S3
 */
public record IssuedDownloads(List<Link> links, @Nullable DownloadPage page) {

    public IssuedDownloads {
        links = List.copyOf(links);
    }
}
