package jiaoying.server.sim;

import java.util.List;
import java.util.Optional;
import jiaoying.duty.room.Rules;
import jiaoying.server.sim.Witness.Wrong;
import jiaoying.server.store.Database;
import jiaoying.server.store.LedgerStore;

/**
 * One seed played and judged.
 *
 * @param found the first invariant that did not hold
 * @param steps statements, commits and hand-overs of all engines, between any two of which a crash may come
 * @param facts in the ledger at the end
 */
record Trial(long seed, Optional<Wrong> found, long steps, int kills, long facts) {
    /** @param room must be new in the database */
    static Trial of(Script script, Database db, List<Rules> plans, String room, boolean forgetful) {
        var world = new World(script, db, plans, room, forgetful);
        try {
            world.play();
            world.end();
            if (world.witness().found().isEmpty()) {
                var rules = world.planChanged() ? Optional.<Rules>empty() : Optional.of(world.rules());
                new Verdicts(db, room, world.keys(), world.witness()).check(rules);
            }
        } catch (RuntimeException | AssertionError e) {
            world.witness()
                    .wrong(
                            "throws",
                            e + " at "
                                    + List.of(e.getStackTrace()).stream()
                                            .limit(6)
                                            .toList());
        }
        return new Trial(
                script.seed(),
                world.witness().found(),
                world.steps(),
                world.kills(),
                new LedgerStore(db).head(room).count());
    }
}
