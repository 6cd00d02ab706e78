-- Our own signals as signed CAP messages, one for each fact that changed one. A row without identifier only tells from which
-- fact on the room publishes. The bytes are signed once and never made again.
CREATE TABLE cap_out (
    room        text        NOT NULL,
    fact        bigint      NOT NULL,
    identifier  text        NOT NULL,
    sent        timestamptz NOT NULL,
    place       text        NOT NULL,                         -- hazard/area: the chain that it belongs to
    type        text        NOT NULL,                         -- ALERT, UPDATE, CANCEL
    until       timestamptz NOT NULL,
    message     bytea       NOT NULL,
    PRIMARY KEY (room, fact)
);
CREATE INDEX cap_out_identifier ON cap_out (room, identifier);

-- What is still owed to webhooks.
CREATE TABLE cap_owed (
    room        text        NOT NULL,
    fact        bigint      NOT NULL,
    hook        text        NOT NULL,
    tries       int         NOT NULL DEFAULT 0,
    PRIMARY KEY (room, fact, hook)
);
