package jiaoying.wire.cmpp;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** No bytes make the reading of CMPP throw, and what was read is itself after the wire. */
class CmppFuzz {
    @FuzzTest(maxDuration = "10m")
    void packet(byte[] bytes) {
        for (var version : Version.values()) {
            if (Packets.read(bytes, version) instanceof Packet packet) {
                CmppProperties.ask(packet, version);
            }
        }
    }
}
