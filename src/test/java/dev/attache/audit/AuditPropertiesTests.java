package dev.attache.audit;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditPropertiesTests {

    @ParameterizedTest
    @ValueSource(strings = {"audit", "/audit/", "a//b/", "uploads/audit/"})
    void aFolderThatCannotWorkIsRefused(String prefix) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AuditProperties(prefix))
                .withMessageStartingWith("attache.audit.prefix is '" + prefix + "', but");
    }

    @Test
    void theLedgersFolderIsRefusedBecauseItsObjectsExpire() {
        assertThatNoException().isThrownBy(() -> new AuditProperties("attache-audit/").requireOutside("ledger/"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AuditProperties("ledger/audit/").requireOutside("ledger/"))
                .withMessageContaining("expire earlier");
    }
}
