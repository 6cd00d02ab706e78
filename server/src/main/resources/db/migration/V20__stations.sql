-- What telemetry stations are to be asked at their next contact, and the pictures they sent. No part of the ledger: a picture's
-- SHA-256 stands there, its bytes stand here and may be given up when there are too many.

CREATE TABLE station_wish (
    room     text        NOT NULL,
    address  text        NOT NULL,
    kind     text        NOT NULL,
    station  text        NOT NULL,
    begins   timestamp   NOT NULL,                            -- the station's clock
    ends     timestamp   NOT NULL,
    asked_by text        NOT NULL,
    PRIMARY KEY (room, address, kind, begins)
);

CREATE TABLE station_picture (
    room         text        NOT NULL,
    station      text        NOT NULL,
    sha256       text        NOT NULL,
    observed_at  timestamp,                                   -- the station's clock
    received_at  timestamptz NOT NULL,
    jpeg         bytea       NOT NULL,
    PRIMARY KEY (room, station, sha256)
);
