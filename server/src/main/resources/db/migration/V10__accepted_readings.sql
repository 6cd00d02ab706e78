-- Readings that an officer took for true; they are few, and each sum of rain asks for them.
CREATE INDEX fact_accepted ON fact (room, recorded_at) WHERE kind = 'ReadingAccepted';
