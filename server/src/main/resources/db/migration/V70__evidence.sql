-- Files of evidence: the content stands enciphered in the data directory, its key here; without the key the hash remains.
CREATE TABLE evidence (
    room     text        NOT NULL,
    sha256   text        NOT NULL, -- of the content, hex
    file     text        NOT NULL, -- below the folder of evidence
    key      bytea, -- AES-256; NULL: erased
    size     bigint      NOT NULL,
    type     text        NOT NULL, -- by the content, never by what the sender said
    by       text        NOT NULL,
    taken_in timestamptz NOT NULL,
    PRIMARY KEY (room, sha256)
);
