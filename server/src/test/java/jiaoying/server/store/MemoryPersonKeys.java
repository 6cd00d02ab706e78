package jiaoying.server.store;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Person keys in memory, made by a function; erasing forgets them for ever. */
final class MemoryPersonKeys implements PersonKeys {
    private final Function<String, byte[]> made;
    private final Map<String, byte[]> keys = new HashMap<>();
    private final Set<String> erased = new HashSet<>();

    MemoryPersonKeys(Function<String, byte[]> made) {
        this.made = made;
    }

    static MemoryPersonKeys ofSeed(long seed) {
        return new MemoryPersonKeys(Keys.ofSeed(seed, "pinghu")::personKey);
    }

    void erase(String person) {
        keys.remove(person);
        erased.add(person);
    }

    @Override
    public Optional<byte[]> find(String person) {
        return Optional.ofNullable(keys.get(person));
    }

    @Override
    public Optional<byte[]> findOrMake(String person) {
        return erased.contains(person) ? Optional.empty() : Optional.of(keys.computeIfAbsent(person, made));
    }
}
