package jiaoying.water.inundation;

/** The inner loops to choose from. */
public enum Kernel {
    PLAIN,
    VECTOR;

    /** Whether the JVM was started with {@code --add-modules jdk.incubator.vector}. */
    public static boolean vectorPresent() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    }

    public static Kernel fastest() {
        return vectorPresent() ? VECTOR : PLAIN;
    }

    FullSweep fullSweep() {
        return switch (this) {
            case PLAIN -> new PlainFullSweep();
            case VECTOR -> new VectorFullSweep();
        };
    }

    Sweep sweep() {
        return switch (this) {
            case PLAIN -> new PlainSweep();
            case VECTOR -> new VectorSweep();
        };
    }
}
