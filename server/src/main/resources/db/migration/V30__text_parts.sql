-- Parts of texts as they were handed to a carrier that numbers each part and tells of each what became of it. No truth, a
-- memory of couriers: what a report said of a call is a fact. Numbers of people do not stand here, only a mark of each.
CREATE TABLE text_part (
    room       text        NOT NULL,
    carrier    text        NOT NULL,
    key        text        NOT NULL,                          -- of the errand
    begun_at   timestamptz NOT NULL,                          -- one handing over; the same key may go again
    part       int         NOT NULL,
    parts      int         NOT NULL,
    reader     text        NOT NULL,                          -- mark of the number that it went to
    extension  text        NOT NULL,                          -- digits behind our own number, for the reply; or empty
    ref        text,                                          -- the carrier's number, once it is known
    delivered  boolean,                                       -- null while nothing final was told
    PRIMARY KEY (room, carrier, key, begun_at, part)
);
CREATE INDEX text_part_ref ON text_part (room, carrier, ref, begun_at) WHERE ref IS NOT NULL;
CREATE INDEX text_part_reader ON text_part (room, carrier, reader, begun_at);
