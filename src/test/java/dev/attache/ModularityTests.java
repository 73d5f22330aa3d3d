package dev.attache;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModularityTests {

    @Test
    void noRoomKnowsMoreThanItsPackageInfoAllows() {
        ApplicationModules.of(AttacheApplication.class).verify();
    }
}
