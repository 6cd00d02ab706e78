/** The city register (名册) as files: CSV folder or workbook in, every fault named, nothing half imported, and out again. */
@NullMarked
package jiaoying.server.register;

import org.jspecify.annotations.NullMarked;
