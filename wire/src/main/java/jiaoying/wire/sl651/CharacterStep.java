package jiaoying.wire.sl651;

import jiaoying.wire.sl651.Group.Step;

/** A step code in characters (DRxnn), table C.2: days, hours or minutes; hours 00 before arrays of one hour. */
final class CharacterStep {
    private static final String UNITS = "DHN";

    private CharacterStep() {}

    static boolean isStep(String identifier) {
        return identifier.length() == 5
                && identifier.startsWith("DR")
                && UNITS.indexOf(identifier.charAt(2)) >= 0
                && Hex.isDigits(identifier.substring(3))
                && !identifier.substring(2).equals("D00")
                && !identifier.substring(2).equals("N00");
    }

    static Step read(String identifier) {
        var dhm = new byte[3];
        dhm[UNITS.indexOf(identifier.charAt(2))] = (byte) Integer.parseInt(identifier.substring(3), 16);
        return new Step(Octets.owning(dhm));
    }

    /** @throws IllegalArgumentException if more than one unit is used */
    static String write(Step step) {
        var dhm = step.dhm();
        var used = "DRH00";
        for (var i = 0; i < dhm.size(); i++) {
            if (dhm.at(i) != 0) {
                if (!used.equals("DRH00")) {
                    throw new IllegalArgumentException("A step in ASCII has one unit, not " + dhm);
                }
                used = "DR" + UNITS.charAt(i) + Hex.digits(dhm.at(i), 2);
            }
        }
        return used;
    }
}
