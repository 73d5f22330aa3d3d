package dev.attache.binder;

import dev.attache.binder.inbound.InputStatus;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * The inputs of all binders of an application. Each binder has a context of its own and adds its inputs here, because
 * beans of the application cannot see into that context.
 */
final class BoundInputs implements InputStatuses {

    private final List<Supplier<List<InputStatus>>> binders = new CopyOnWriteArrayList<>();

    void add(Supplier<List<InputStatus>> binder) {
        binders.add(binder);
    }

    @Override
    public List<InputStatus> now() {
        return binders.stream()
                .flatMap(binder -> binder.get().stream())
                .sorted(Comparator.comparing(InputStatus::queue))
                .toList();
    }
}
