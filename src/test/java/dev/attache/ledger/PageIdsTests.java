package dev.attache.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PageIdsTests {

    @Test
    void pageIdIs128RandomBitsInHexadecimal() {
        SecureRandom random = new SecureRandom();
        Set<String> ids = new HashSet<>();

        for (int i = 0; i < 1_000; i++) {
            ids.add(PageIds.random(random));
        }

        assertThat(ids).hasSize(1_000).allMatch(PageIds::isPageId);
    }
}
