package dev.attache.contract.json;

import com.networknt.schema.Error;
import com.networknt.schema.FailFastAssertionException;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;

/**
 * A list for the errors of a schema validation, which ends the validation when a limit is exceeded. A message of 256
 * KiB can have tens of thousands of errors of half a kilobyte each, but a rejection names only three.
 */
final class FirstErrors extends AbstractList<Error> {

    static final int MOST = 10;

    private final List<Error> errors = new ArrayList<>(MOST);

    /**
     * @throws FailFastAssertionException if there are {@value #MOST} errors already. The schema library handles only
     *     this exception silently
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
