-- Every fact was kept in three indexes, two of them for nothing: nobody asks for the facts of an arrival, for the step names its
-- first and last one; and the fact at a moment is found by halving, for moments never go back along the numbers.
DROP INDEX fact_arrival;
DROP INDEX fact_recorded;
