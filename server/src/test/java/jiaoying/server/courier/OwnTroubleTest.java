package jiaoying.server.courier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class OwnTroubleTest {
    @TestFactory
    Stream<DynamicTest> what_carriers_say_is_sorted() {
        return Stream.of(
                        Map.entry("text centre 10.0.0.1:2775: login refused: 0x0d", OwnTrouble.LOGIN),
                        Map.entry("text centre 10.0.0.1:2775: the connection ended", OwnTrouble.ENDED),
                        Map.entry("gateway 10.0.0.1:7890: login refused: 3", OwnTrouble.LOGIN),
                        Map.entry("gateway 10.0.0.1:7890: the gateway did not answer the login", OwnTrouble.UNREACHED),
                        Map.entry("gateway 10.0.0.1:7890: it hung up", OwnTrouble.ENDED),
                        Map.entry("gateway 10.0.0.1:7890: Connection reset", OwnTrouble.ENDED),
                        Map.entry("exchange 10.0.0.1:5060: answers 503", OwnTrouble.ANSWERS),
                        Map.entry("exchange 10.0.0.1:5060: answers 403", OwnTrouble.LOGIN),
                        Map.entry("exchange 10.0.0.1:5060: says nothing", OwnTrouble.UNREACHED),
                        Map.entry("the platform answers 404", OwnTrouble.ANSWERS),
                        Map.entry("the platform answers 401", OwnTrouble.LOGIN),
                        Map.entry("the chat refuses the robot with 310000", OwnTrouble.LOGIN),
                        Map.entry("broker 10.0.0.1:1883 cannot be reached or does not let us in", OwnTrouble.UNREACHED),
                        Map.entry(
                                "Couldn't connect to host, port: mail.example, 25; timeout 5000", OwnTrouble.UNREACHED),
                        Map.entry("535 5.7.8 Authentication failed", OwnTrouble.LOGIN),
                        Map.entry("Could not convert socket to TLS", OwnTrouble.CIPHER),
                        Map.entry("PKIX path building failed", OwnTrouble.CIPHER),
                        Map.entry("chat.example cannot be reached", OwnTrouble.UNREACHED),
                        Map.entry("not connected yet", OwnTrouble.UNREACHED),
                        Map.entry("null", OwnTrouble.OTHER))
                .map(one -> DynamicTest.dynamicTest(
                        one.getKey(),
                        () -> assertThat(OwnTrouble.of(one.getKey())).isEqualTo(one.getValue())));
    }

    @Test
    void what_java_says_of_a_door_that_is_shut_is_sorted() throws IOException {
        int shut;
        try (var gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            shut = gone.getLocalPort();
        }
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), shut)) {
            throw new AssertionError("somebody listens at " + socket);
        } catch (IOException refused) {
            assertThat(OwnTrouble.of(String.valueOf(refused.getMessage()))).isEqualTo(OwnTrouble.UNREACHED);
        }
    }
}
