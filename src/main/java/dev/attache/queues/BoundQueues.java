package dev.attache.queues;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.cloud.stream.config.BindingProperties;
import org.springframework.cloud.stream.config.BindingServiceProperties;

/**
 * The queues that the bindings of inputs name.
 *
 * @param bindings the names of the bindings, by the queue's name
 * @param destinations the queues as the bindings name them: by name, ARN or URL
 */
public record BoundQueues(Map<String, List<String>> bindings, Set<String> destinations) {

    /** Part of the name of each input of a function ("Functional binding names"). */
    private static final String INPUT = "-in-";

    public BoundQueues {
        bindings = Map.copyOf(bindings);
        destinations = Set.copyOf(destinations);
    }

    public static BoundQueues of(BindingServiceProperties properties) {
        Map<String, List<String>> bindings = new TreeMap<>();
        Set<String> destinations = new TreeSet<>();
        for (Map.Entry<String, BindingProperties> binding :
                properties.getBindings().entrySet()) {
            String destination = binding.getValue().getDestination();
            if (binding.getKey().contains(INPUT) && destination != null) {
                // A binding may name several, separated by commas.
                for (String one : destination.split(",", -1)) {
                    destinations.add(one.strip());
                    bindings.computeIfAbsent(QueueReference.of(one).name(), any -> new ArrayList<>())
                            .add(binding.getKey());
                }
            }
        }
        return new BoundQueues(bindings, destinations);
    }

    public Set<String> names() {
        return bindings.keySet();
    }
}
