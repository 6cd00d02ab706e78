package jiaoying.server.store;

import java.util.Optional;

/** The keys that seal personal fields, one of 32 bytes for each person of a room. */
public interface PersonKeys {
    /** Knows nobody: everything sealed reads as blank. */
    PersonKeys NONE = new PersonKeys() {
        @Override
        public Optional<byte[]> find(String person) {
            return Optional.empty();
        }

        @Override
        public Optional<byte[]> findOrMake(String person) {
            return Optional.empty();
        }
    };

    /** Empty when there never was a key or the person was erased. */
    Optional<byte[]> find(String person);

    /** Makes the key when there is none yet; empty when the person was erased, whose id stays blank for ever. */
    Optional<byte[]> findOrMake(String person);
}
