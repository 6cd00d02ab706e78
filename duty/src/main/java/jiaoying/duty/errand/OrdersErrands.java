package jiaoying.duty.errand;

import java.util.List;

/** A fact by which errands become open; an errand with a key seen before becomes ready again. */
public interface OrdersErrands {
    List<Errand> errands();
}
