/** Carriers that are reached by HTTP: text platforms by webhook, and group robots of work chats. */
@NullMarked
package jiaoying.server.courier.web;

import org.jspecify.annotations.NullMarked;
