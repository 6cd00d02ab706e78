package jiaoying.server.flood;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import jiaoying.water.inundation.Kernel;

/** Which loops of the flood model are the fastest on this machine. */
public final class LoopsHere {
    private LoopsHere() {}

    /** Vectors where the JVM has them and the processor multiplies and adds in one instruction: without it they count by hand. */
    public static Kernel fastest() {
        return Kernel.vectorPresent() && multipliesAndAdds() ? Kernel.VECTOR : Kernel.PLAIN;
    }

    private static boolean multipliesAndAdds() {
        var machine = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        try {
            return machine == null
                    || Boolean.parseBoolean(machine.getVMOption("UseFMA").getValue());
        } catch (IllegalArgumentException otherJvm) {
            return true;
        }
    }
}
