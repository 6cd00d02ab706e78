-- The carrier that may have an errand already under its key: nobody else gets it without the room's word.
ALTER TABLE errand ADD COLUMN may_have text;

-- An errand that is withdrawn while a courier has it keeps its lease, so that somebody asks what became of it.
DROP INDEX errand_taken;
CREATE INDEX errand_leased ON errand (room, lease_until) WHERE lease_until IS NOT NULL;
