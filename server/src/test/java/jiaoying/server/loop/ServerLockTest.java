package jiaoying.server.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import jiaoying.server.store.DatabaseFailed;
import jiaoying.server.store.ServerLock;
import org.junit.jupiter.api.Test;

class ServerLockTest {
    private static Optional<ServerLock> take() {
        var server = TestHouse.server();
        return ServerLock.tryTake(server.jdbcUrl(), server.user(), server.password());
    }

    @Test
    void one_of_two_servers_works_and_the_other_when_the_first_is_gone() {
        var first = take().orElseThrow();
        assertThat(take()).isEmpty();
        assertThat(first.held()).isTrue();
        first.close();
        assertThat(first.held()).isFalse();
        try (var second = take().orElseThrow()) {
            assertThat(second.held()).isTrue();
            assertThat(take()).isEmpty();
        }
    }

    @Test
    void a_database_that_is_not_there_is_said() {
        assertThatThrownBy(() -> ServerLock.tryTake("jdbc:postgresql://127.0.0.1:1/postgres", "nobody", ""))
                .isInstanceOf(DatabaseFailed.class);
    }
}
