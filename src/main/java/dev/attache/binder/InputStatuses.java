package dev.attache.binder;

import dev.attache.binder.inbound.InputStatus;
import java.util.List;

/** A bean of the application: the states of all inputs of the binder. */
public interface InputStatuses {

    /** The states at this moment, by the names of the queues. */
    List<InputStatus> now();
}
