-- Credentials are not facts: they are never exported, replayed or rebuilt. Only hashes are kept.
CREATE TABLE account (
    room         text        NOT NULL,
    name         text        NOT NULL,
    hash         text        NOT NULL, -- of the password; empty: signs in by one-time links only
    roles        text[]      NOT NULL,
    areas        text[]      NOT NULL, -- empty: the whole room
    failures     integer     NOT NULL,
    locked_until timestamptz,
    PRIMARY KEY (room, name)
);

CREATE TABLE door_token (
    room       text        NOT NULL,
    source     text        NOT NULL,
    permission text        NOT NULL,
    hash       text        NOT NULL,
    made_at    timestamptz NOT NULL,
    PRIMARY KEY (room, hash)
);

CREATE TABLE sign_in_link (
    room       text        NOT NULL,
    hash       text        NOT NULL,
    account    text        NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (room, hash)
);

CREATE TABLE session (
    room     text        NOT NULL,
    hash     text        NOT NULL,
    account  text        NOT NULL,
    begun_at timestamptz NOT NULL,
    seen_at  timestamptz NOT NULL,
    PRIMARY KEY (room, hash)
);
