package jiaoying.server.page;

/**
 * Whose link it is.
 *
 * @param errand key of the attempt
 * @param person the callee
 * @param to     who was sent the link: the callee, a deputy or a superior
 * @param text   that was sent, with {link} where the link stood
 */
public record LinkTarget(String errand, String order, String person, String to, String text) {}
