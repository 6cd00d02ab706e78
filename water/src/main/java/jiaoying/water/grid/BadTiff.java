package jiaoying.water.grid;

/** What is wrong with a TIFF file, in words. */
final class BadTiff extends Exception {
    private static final long serialVersionUID = 1L;

    BadTiff(String what) {
        super(what);
    }
}
