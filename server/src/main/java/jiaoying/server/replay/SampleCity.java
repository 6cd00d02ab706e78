package jiaoying.server.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import jiaoying.duty.ledger.Fact;
import jiaoying.server.register.AreaLocator;
import jiaoying.server.register.Register;
import jiaoying.server.register.RegisterChecked;
import jiaoying.server.register.RegisterFiles;
import jiaoying.server.register.RegisterImport;
import jiaoying.server.reply.Said;
import jiaoying.server.reply.Texts;

/** The sample city in which storms are played: its register and the outlines of its areas. */
public record SampleCity(List<Fact> rows, AreaLocator areas) {
    /** The sample city has faults; says all of them. */
    public static final class CityUnreadable extends RuntimeException implements Said {
        private static final long serialVersionUID = 1L;

        private final transient Said said;

        private CityUnreadable(Path folder, RegisterChecked.Refused refused) {
            this(reader -> reader.say("city.unreadable", folder) + "\n" + refused.text(reader));
        }

        private CityUnreadable(Said said) {
            super(said.in(Texts.EN));
            this.said = said;
        }

        @Override
        public String in(Texts reader) {
            return said.in(reader);
        }
    }

    /** @param folder with the register's CSV files and areas.geojson */
    public static SampleCity read(Path folder) throws IOException {
        var checked = RegisterImport.check(RegisterFiles.read(folder), Register.EMPTY, ZoneOffset.UTC);
        return switch (checked) {
            case RegisterChecked.Prepared prepared ->
                new SampleCity(prepared.rows(), AreaLocator.read(folder.resolve("areas.geojson")));
            case RegisterChecked.Refused refused -> throw new CityUnreadable(folder, refused);
        };
    }
}
