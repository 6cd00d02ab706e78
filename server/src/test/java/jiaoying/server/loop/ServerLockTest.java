package jiaoying.server.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
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
    @SuppressWarnings("BusyWait") // the database tells nobody
    void a_server_that_shows_no_sign_as_one_that_is_frozen_loses_it_to_the_other() throws InterruptedException {
        var server = TestHouse.server();
        var frozen = ServerLock.tryTake(server.jdbcUrl(), server.user(), server.password(), Duration.ofMillis(200))
                .orElseThrow();
        var deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        var second = take();
        while (second.isEmpty()) {
            assertThat(System.nanoTime() - deadline).as("60 s").isNegative();
            Thread.sleep(20);
            second = take();
        }
        assertThat(frozen.held()).isFalse();
        assertThat(second.get().held()).isTrue();
        second.get().close();
    }

    @Test
    void a_database_that_is_not_there_is_said() {
        assertThatThrownBy(() -> ServerLock.tryTake("jdbc:postgresql://127.0.0.1:1/postgres", "nobody", ""))
                .isInstanceOf(DatabaseFailed.class);
    }
}
