package dev.attache.ledger;

/** For other rooms' tests: what the ledger throws while others keep changing the same record. */
public final class Contention {

    private Contention() {}

    public static LedgerContentionException over(String record) {
        return new LedgerContentionException("Others changed the record " + record);
    }
}
