package jiaoying.server.pack;

/** What came of reading a pack: the pack, or every reason why it is refused. */
public sealed interface PackRead permits Pack, PackRefused {}
