package jiaoying.server.courier.sip;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A voice line to the telephone network (中继), as the contract says.
 *
 * @param host      of the exchange
 * @param transport udp or tcp
 * @param user      account, also the caller's number unless the exchange says otherwise
 * @param password  empty when the exchange knows us by our address; never printed
 * @param registers whether we must register
 * @param domain    in addresses; usually the host
 * @param local     address of this machine towards the exchange
 * @param lines     calls at the same time
 * @param ringing   how long a phone rings
 * @param readings  how often the words are said
 * @param voice     command that reads words from its input and writes a WAV file to its output
 * @param recording a WAV file that is played when the command gives no sound (录音); empty: then nobody is rung
 */
public record Trunk(
        String name,
        String host,
        int port,
        String transport,
        String user,
        String password,
        boolean registers,
        String domain,
        String local,
        int lines,
        Duration ringing,
        int readings,
        List<String> voice,
        Optional<Path> recording) {
    String place() {
        return host + ":" + port;
    }

    @Override
    public String toString() {
        return "Trunk[" + name + ", " + place() + ", " + user + "]";
    }
}
