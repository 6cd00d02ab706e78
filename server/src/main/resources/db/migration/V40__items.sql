-- Rows of a projection that changed lately: a work list over many items reads those alone.
CREATE INDEX view_changed ON view (room, kind, from_fact) WHERE to_fact IS NULL;
