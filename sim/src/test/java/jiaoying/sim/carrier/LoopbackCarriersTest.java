package jiaoying.sim.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import jiaoying.sim.carrier.LoopbackCarriers.Told;
import jiaoying.sim.people.SimulatedPeople;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoopbackCarriersTest {
    private static final Instant START = Instant.parse("2017-08-27T06:05:00Z");
    private static final Dispatch CALL =
            new Dispatch("o1/p1/1/TEXT/1", "o1", Line.TEXT, true, "p1", "+86 138", "请应答：http://127.0.0.1/a/x。演练&=%");

    @TempDir
    private Path folder;

    private final AtomicReference<Instant> clock = new AtomicReference<>(START);
    private final LinkedBlockingQueue<Told> told = new LinkedBlockingQueue<>();
    private final AtomicBoolean down = new AtomicBoolean();

    @Test
    void a_call_is_taken_and_told_when_its_time_has_come() throws Exception {
        try (var carriers = start()) {
            assertThat(post(carriers.address(), SubmissionForm.write(CALL))).startsWith("200 sim-text-");
            assertThat(told).isEmpty();
            clock.set(START.plusSeconds(3600));
            assertThat(heard()).isEqualTo("o1/p1/1/TEXT/1/delivered");
            assertThat(carriers.phone("p1"))
                    .extracting(received -> received.dispatch().message())
                    .containsExactly(CALL.message());
            assertThat(carriers.phone("p2")).isEmpty();
        }
    }

    @Test
    void the_same_key_is_carried_once_and_keeps_its_number() throws Exception {
        try (var carriers = start()) {
            var first = post(carriers.address(), SubmissionForm.write(CALL));
            assertThat(post(carriers.address(), SubmissionForm.write(CALL))).isEqualTo(first);
            assertThat(carriers.taken()).isEqualTo(1);
            assertThat(carriers.repeated()).isEqualTo(1);
            assertThat(carriers.phone("p1")).hasSize(1);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("taken"))))
                .as("nobody else reads what was said to whom")
                .isEqualTo("rw-------");
        assertThat(Files.readAllLines(folder.resolve("taken")))
                .as("both are written down")
                .hasSize(2)
                .allMatch(line -> line.contains(SubmissionForm.write(CALL)));
    }

    @Test
    void what_cannot_be_told_is_told_again() throws Exception {
        down.set(true);
        try (var carriers = start()) {
            post(carriers.address(), SubmissionForm.write(CALL));
            clock.set(START.plusSeconds(3600));
            assertThat(told.poll(200, TimeUnit.MILLISECONDS)).isNull();
            down.set(false);
            assertThat(heard()).isEqualTo("o1/p1/1/TEXT/1/delivered");
        }
    }

    @Test
    void after_a_restart_the_phones_still_have_their_texts_and_people_still_answer() throws Exception {
        try (var carriers = start()) {
            post(carriers.address(), SubmissionForm.write(CALL));
        }
        Files.writeString(folder.resolve("taken"), "2017-08-27T06:06:00Z key=cut-off", StandardOpenOption.APPEND);
        try (var carriers = start()) {
            assertThat(carriers.taken()).isEqualTo(1);
            assertThat(carriers.phone("p1")).hasSize(1);
            post(carriers.address(), SubmissionForm.write(CALL));
            assertThat(carriers.repeated()).isEqualTo(1);
            clock.set(START.plusSeconds(600));
            assertThat(heard()).isEqualTo("o1/p1/1/TEXT/1/delivered");
            var second = new Dispatch("k2", "o1", Line.VOICE, true, "p2", "", "");
            post(carriers.address(), SubmissionForm.write(second));
        }
        try (var carriers = start()) {
            assertThat(carriers.taken()).isEqualTo(2);
        }
    }

    @Test
    void a_visitor_picks_up_a_ringing_telephone_once_and_presses_a_key() throws Exception {
        var call = new Dispatch("v1", "o1", Line.VOICE, true, "visitor", "", "");
        try (var carriers = start()) {
            post(carriers.address(), SubmissionForm.write(call));
            assertThat(carriers.phone("visitor").getFirst().ringing()).isTrue();
            assertThat(carriers.press("v1", '1')).isTrue();
            assertThat(carriers.press("v1", '1')).isFalse();
            assertThat(carriers.phone("visitor").getFirst().ringing()).isFalse();
            assertThat(heard() + ' ' + heard()).isEqualTo("v1/connected v1/confirmed");
            clock.set(START.plusSeconds(600));
            assertThat(told.poll(200, TimeUnit.MILLISECONDS)).isNull();
        }
    }

    @Test
    void a_visitors_telephone_stops_ringing_after_three_minutes() throws Exception {
        try (var carriers = start()) {
            post(
                    carriers.address(),
                    SubmissionForm.write(new Dispatch("v1", "o1", Line.VOICE, true, "visitor", "", "")));
            clock.set(START.plusSeconds(180));
            assertThat(heard()).isEqualTo("v1/no_answer");
            assertThat(carriers.press("v1", '1')).isFalse();
            assertThat(carriers.press("unknown", '1')).isFalse();
        }
    }

    @Test
    void a_wrong_form_is_refused_with_the_field_that_is_wrong() throws Exception {
        try (var carriers = start()) {
            assertThat(post(carriers.address(), "key=k&line=FAX&asks=true&person=p"))
                    .isEqualTo("422 field line: \"FAX\" is not allowed; allowed: TEXT, VOICE, MAIL");
            assertThat(post(carriers.address(), "line=TEXT")).isEqualTo("422 field key is missing; add it to the form");
            assertThat(carriers.taken()).isZero();
        }
    }

    @Test
    void only_this_machine_can_reach_it() throws Exception {
        try (var carriers = start()) {
            assertThat(carriers.address().getHost()).isEqualTo("127.0.0.1");
        }
    }

    private LoopbackCarriers start() throws IOException {
        return LoopbackCarriers.start(
                0,
                new SimulatedCarrier(3, new SimulatedPeople(3, 0, Set.of("visitor"), Set.of())),
                clock::get,
                new TakenFile(folder.resolve("taken")),
                this::hear);
    }

    private void hear(List<Told> happenings) throws IOException {
        if (down.get()) {
            throw new IOException("server is down");
        }
        told.addAll(happenings);
    }

    private String heard() throws InterruptedException {
        var one = told.poll(10, TimeUnit.SECONDS);
        assertThat(one).isNotNull();
        return one.happening() instanceof Happening.Receipt receipt ? receipt.event() : "link";
    }

    private static String post(URI address, String form) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(address)
                    .POST(HttpRequest.BodyPublishers.ofString(form))
                    .build();
            var reply = client.send(request, BodyHandlers.ofString());
            return reply.statusCode() + " " + reply.body();
        }
    }
}
