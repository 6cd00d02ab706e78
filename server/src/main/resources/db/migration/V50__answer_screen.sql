-- The Answer screen reads what changed since the fact that it has seen.
CREATE INDEX view_callee_changed ON view (room, from_fact) WHERE kind = 'callee' AND to_fact IS NULL;
