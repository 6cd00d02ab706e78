package jiaoying.server.main;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jiaoying.duty.programme.Loop;
import jiaoying.duty.programme.Programme;
import jiaoying.duty.room.Rules;
import jiaoying.server.cap.CapSettings;
import jiaoying.server.cap.CapSettingsFile;
import jiaoying.server.pack.PackException;
import jiaoying.server.pack.PackLibrary;
import jiaoying.server.page.RoomInfo;
import jiaoying.server.programme.CalendarFile;

/** Where the program lives: its packs and samples, and the folder {@code .jiaoying} for everything it writes by default. */
final class Home {
    private Home() {}

    /** The folder of {@code ./jiaoying}, which names it; without it the current directory. */
    static Path root() {
        return Path.of(System.getProperty("jiaoying.home", "")).toAbsolutePath().normalize();
    }

    static Path logs() {
        return root().resolve(".jiaoying/log");
    }

    static Path data(DataDirectory.Kind kind) {
        return root().resolve(".jiaoying/data").resolve(kind.folder());
    }

    static Path storms() {
        return root().resolve("samples/storms");
    }

    /** The rules by which the rooms of a data directory decide. */
    static Rules rules(DataDirectory data) {
        return rules(data.criteria(), data.plan());
    }

    static Rules rules(String criteria, PlanChoice plan) {
        return rules(criteria).with(plan.read().plan("zh-CN"));
    }

    /** The rules by which a room decides, from the packs inside the program. @param criteria name of a pack of criteria */
    static Rules rules(String criteria) {
        try {
            var packs = PackLibrary.inside();
            return packs.rules(criteria, PackLibrary.USUAL_PLAN, "zh-CN")
                    .with(packs.response("response-example"))
                    .with(new Loop(programmes(packs), CalendarFile.shipped()));
        } catch (PackException e) {
            throw new Refusal("said", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Programme> programmes(PackLibrary packs) throws PackException, IOException {
        var programmes = new ArrayList<Programme>();
        for (var name : PackLibrary.PROGRAMMES) {
            programmes.add(packs.programme(name));
        }
        return List.copyOf(programmes);
    }

    /** What a pack of criteria inside the program says about itself. */
    static RoomInfo.Criteria criteria(String name) {
        try {
            var head = PackLibrary.inside().get(name).head();
            return new RoomInfo.Criteria(head.name(), head.version(), head.titleZh(), head.titleEn(), head.draft());
        } catch (PackException e) {
            throw new Refusal("said", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How a room speaks CAP, from its data directory. */
    static CapSettings cap(Path data) {
        try {
            return CapSettingsFile.read(data);
        } catch (CapSettingsFile.Refused e) {
            throw new Refusal("said", e.said());
        }
    }

    static Path sampleCity() {
        return root().resolve("samples/pinghu");
    }
}
