package jiaoying.server.pack;

import java.util.List;
import java.util.stream.Collectors;
import jiaoying.server.reply.Said;
import jiaoying.server.reply.Texts;

/** Packs cannot be used; says everything that must be put right. */
public final class PackException extends Exception implements Said {
    private static final long serialVersionUID = 1L;

    private final transient List<Said> faults;

    PackException(List<Said> faults) {
        super(joined(faults, Texts.EN));
        this.faults = List.copyOf(faults);
    }

    List<Said> faults() {
        return faults;
    }

    @Override
    public String in(Texts reader) {
        return joined(faults, reader);
    }

    private static String joined(List<Said> faults, Texts reader) {
        return faults.stream().map(fault -> fault.in(reader)).collect(Collectors.joining("\n"));
    }
}
