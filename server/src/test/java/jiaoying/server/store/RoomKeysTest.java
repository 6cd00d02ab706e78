package jiaoying.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import jiaoying.server.loop.TestHouse;
import org.junit.jupiter.api.Test;

class RoomKeysTest {
    /** Else something would still be sealed, and kept in the clear, for somebody who was erased. */
    @Test
    void a_key_that_was_being_read_while_its_person_was_erased_is_not_known_afterwards() {
        try (var house = new TestHouse()) {
            new RoomKeys(house.db, house.room, house.keys).findOrMake("P0");
            var whileItIsRead = new ArrayDeque<Runnable>();
            var keys = new RoomKeys(
                    house.db.watched(step -> {
                        if (step == Watch.Step.COMMITTED && !whileItIsRead.isEmpty()) {
                            whileItIsRead.remove().run();
                        }
                    }),
                    house.room,
                    house.keys);
            whileItIsRead.add(() -> keys.forget("P0"));
            keys.find("P0");
            assertThat(keys.find("P0")).isEmpty();
            assertThat(keys.findOrMake("P0")).isEmpty();
        }
    }
}
