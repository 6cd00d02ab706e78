-- What happened to the belief in stations lately, for the line of time: the rows of a mark are many and never end.
CREATE INDEX view_mark ON view (room, from_fact) WHERE kind = 'mark';
