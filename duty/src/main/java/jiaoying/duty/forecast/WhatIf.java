package jiaoying.duty.forecast;

/**
 * What a run takes to be otherwise than it is (情景推演); {@link #NONE} is the forecast itself.
 *
 * @param rainPercent  of the rain to come, 0 to 300; 100 as it is
 * @param pumpsOff     no pump runs (泵站停机)
 * @param tideMilli    the water outside stands higher by so much, thousandths of a metre, -2000 to 3000
 * @param similarStorm the rain to come is that which followed when it last rained about as hard (上一场相似降雨)
 */
public record WhatIf(int rainPercent, boolean pumpsOff, int tideMilli, boolean similarStorm) {
    public static final WhatIf NONE = new WhatIf(100, false, 0, false);

    /** Whether it is the forecast itself: only such a run raises alerts, is scored, and hands its water on. */
    public boolean live() {
        return equals(NONE);
    }

    public boolean allowed() {
        return rainPercent >= 0 && rainPercent <= 300 && tideMilli >= -2000 && tideMilli <= 3000;
    }
}
