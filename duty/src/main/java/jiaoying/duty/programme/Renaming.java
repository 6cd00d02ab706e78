package jiaoying.duty.programme;

/** Gives each text of a programme its words. */
@FunctionalInterface
interface Renaming {
    /** @param place as {@link Programme#words} names it @param now the words that stand there */
    Text at(String place, Text now);
}
