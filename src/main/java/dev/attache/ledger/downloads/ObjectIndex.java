package dev.attache.ledger.downloads;

import dev.attache.contract.value.ObjectRef;
import java.util.List;
import java.util.Optional;

/**
 * Which deliveries lead to an object. Kept only if the installation asks for it: {@code attache.ledger.index-objects}.
 */
public interface ObjectIndex {

    /** Keeps nothing. */
    ObjectIndex NONE = new ObjectIndex() {

        @Override
        public boolean isKept() {
            return false;
        }

        @Override
        public void add(DeliveryKey key, IssuedPage page) {}

        @Override
        public Part find(String source, ObjectRef object, Optional<String> after, int most) {
            return new Part(List.of(), Optional.empty());
        }
    };

    /** Whether deliveries are added. */
    default boolean isKept() {
        return true;
    }

    /**
     * Adds a delivery for each object of its page: one call of S3 for each. Adding it again changes nothing. Called
     * after the mail was sent, and again whenever its event is received again, so that none is missing.
     */
    void add(DeliveryKey key, IssuedPage page);

    /**
     * The deliveries that lead to an object, whatever its version, in the order in which they were issued.
     *
     * @param after {@link Part#next} of the part before; empty for the first part
     * @param most 1,000 at most
     */
    Part find(String source, ObjectRef object, Optional<String> after, int most);

    /**
     * A part of a list.
     *
     * @param next where the next part begins; empty if there is none
     */
    record Part(List<DeliveryKey> deliveries, Optional<String> next) {

        public Part {
            deliveries = List.copyOf(deliveries);
        }
    }
}
