package jiaoying.server.courier;

import jiaoying.duty.errand.Channel;
import jiaoying.duty.errand.Purpose;

/**
 * An errand made ready for a carrier.
 *
 * @param key     the same intention always has the same key
 * @param address number or mail address of the person
 * @param message with the person's own link in place
 */
public record Parcel(String key, Channel channel, Purpose purpose, String person, String address, String message) {}
