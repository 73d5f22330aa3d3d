package dev.attache.contract.json;

import com.networknt.schema.Error;
import com.networknt.schema.FailFastAssertionException;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;

/**
 * The errors that the schema library finds, up to a limit: one more ends the validation. A message of 256 KiB can have
 * tens of thousands, at half a kilobyte each, and the detail of a rejection names three.
 */
final class FirstErrors extends AbstractList<Error> {

    static final int MOST = 10;

    private final List<Error> errors = new ArrayList<>(MOST);

    /**
     * @throws FailFastAssertionException instead of adding one more than {@value #MOST}; the library passes no other on
     *     silently
     */
    @Override
    public void add(int index, Error error) {
        if (errors.size() == MOST) {
            throw new FailFastAssertionException(error);
        }
        errors.add(index, error);
    }

    @Override
    public Error get(int index) {
        return errors.get(index);
    }

    @Override
    public Error remove(int index) {
        return errors.remove(index);
    }

    @Override
    public int size() {
        return errors.size();
    }
}
