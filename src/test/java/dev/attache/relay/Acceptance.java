package dev.attache.relay;

/** Records a mail as accepted, once, however often it is run. For one thread. */
final class Acceptance implements Runnable {

    private final Runnable action;
    private boolean done;

    Acceptance(Runnable action) {
        this.action = action;
    }

    @Override
    public void run() {
        if (!done) {
            done = true;
            action.run();
        }
    }
}
