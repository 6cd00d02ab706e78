package jiaoying.server.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BareStageTest {
    @Test
    void a_real_room_goes_on_from_what_it_recorded_although_the_machine_says_earlier() {
        var stage = BareStage.real(Optional.empty());
        var ahead = stage.clock().instant().plus(Duration.ofHours(1));
        stage.resume(ahead);
        assertThat(stage.clock().instant()).isAfterOrEqualTo(ahead);
        assertThat(stage.ahead()).isGreaterThan(Duration.ofMinutes(50));
    }
}
