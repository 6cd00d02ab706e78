-- Rows of a projection that changed lately. Only a question that says from_fact > 0 may use it: while there are no statistics
-- yet, the planner would take an index on (room, kind, ...) to close one row and read all open rows of its kind.
DROP INDEX view_changed;
DROP INDEX view_callee_changed;
CREATE INDEX view_changed ON view (room, kind, from_fact) WHERE to_fact IS NULL AND from_fact > 0;
