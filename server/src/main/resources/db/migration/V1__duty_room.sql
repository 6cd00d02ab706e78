-- The duty room's tables. Truth: arrival, journal, fact, person_key. Everything else that belongs to a room is a cache of it
-- (view, register, personal, errand, timer, snapshot) or remembers how far the loop has come (room, step).
-- No column has a time default and no statement says now(): every moment is passed in.

-- One duty room. The loop's every commit checks the epoch; the inbox gives arrival numbers from last_number.
CREATE TABLE room (
    id             text        PRIMARY KEY,
    kind           text        NOT NULL CHECK (kind IN ('demo', 'real')),
    epoch          bigint      NOT NULL DEFAULT 0,
    last_number    bigint      NOT NULL DEFAULT 0,            -- last arrival in the inbox
    last_taken     bigint      NOT NULL DEFAULT 0,            -- last arrival decided
    last_fact      bigint      NOT NULL DEFAULT 0,
    head           bytea       NOT NULL,                      -- hash of the last fact, at first the genesis
    recorded_at    timestamptz NOT NULL,                      -- of the last arrival decided
    journal_count  bigint      NOT NULL DEFAULT 0,
    held           boolean     NOT NULL DEFAULT false,        -- no errand leaves until an officer releases the room
    CHECK (last_taken <= last_number)
) WITH (fillfactor = 50);

-- The inbox: everything that came in by the front door, gapless.
CREATE TABLE arrival (
    room         text        NOT NULL,
    number       bigint      NOT NULL,
    received_at  timestamptz NOT NULL,
    kind         text        NOT NULL,
    payload      bytea       NOT NULL,                        -- readings in a compact form, the rest as JSON
    PRIMARY KEY (room, number)
);
ALTER TABLE arrival ALTER COLUMN payload SET STORAGE EXTERNAL;

-- What became of an arrival. first_fact > last_fact: no fact followed.
CREATE TABLE step (
    room         text        NOT NULL,
    number       bigint      NOT NULL,
    recorded_at  timestamptz NOT NULL,
    first_fact   bigint      NOT NULL,
    last_fact    bigint      NOT NULL,
    outcome      json        NOT NULL,
    PRIMARY KEY (room, number)
);

-- Every reading that was kept, in the order received; append-only.
CREATE TABLE journal (
    room         text        NOT NULL,
    arrival      bigint      NOT NULL,
    row          int         NOT NULL,
    station      text        NOT NULL,
    quantity     text        NOT NULL,
    milli        bigint      NOT NULL,                        -- thousandths of the quantity's unit
    observed_at  timestamptz NOT NULL,                        -- the station's clock; rain: end of the interval
    recorded_at  timestamptz NOT NULL,                        -- ours
    suspect      boolean     NOT NULL,
    PRIMARY KEY (room, arrival, row)
);
-- Readings come in nearly in the order of their time, so a block range says enough and costs nothing to keep.
CREATE INDEX journal_observed ON journal USING brin (observed_at) WITH (pages_per_range = 32, autosummarize = on);

-- The ledger: facts in order, each with the hash of the chain up to it; append-only.
CREATE TABLE fact (
    room         text        NOT NULL,
    number       bigint      NOT NULL,
    arrival      bigint      NOT NULL,
    recorded_at  timestamptz NOT NULL,
    kind         text        NOT NULL,
    entry        bytea       NOT NULL,                        -- canonical JSON, personal fields sealed
    hash         bytea       NOT NULL,                        -- SHA-256(previous hash, entry)
    PRIMARY KEY (room, number)
);
CREATE INDEX fact_recorded ON fact (room, recorded_at, number);
CREATE INDEX fact_arrival ON fact (room, arrival);

-- The key that seals personal fields of one person; null once the person was erased, and then for ever.
CREATE TABLE person_key (
    room    text  NOT NULL,
    person  text  NOT NULL,
    key     bytea,
    PRIMARY KEY (room, person)
);

-- Rows of the projections, each valid for facts from_fact <= n < to_fact.
CREATE TABLE view (
    room       text   NOT NULL,
    kind       text   NOT NULL,
    id         text   NOT NULL,
    from_fact  bigint NOT NULL,
    to_fact    bigint,                                        -- null: valid now
    body       json   NOT NULL,
    PRIMARY KEY (room, kind, id, from_fact),
    CHECK (from_fact < to_fact)
) WITH (fillfactor = 80);
CREATE UNIQUE INDEX view_open ON view (room, kind, id) WHERE to_fact IS NULL;
CREATE INDEX view_closed ON view (room, kind, to_fact) WHERE to_fact IS NOT NULL;

-- The city register as it is now; personal fields are blank here and stand in personal.
CREATE TABLE register (
    room  text NOT NULL,
    kind  text NOT NULL,
    id    text NOT NULL,
    body  json NOT NULL,
    PRIMARY KEY (room, kind, id)
);
CREATE TABLE personal (
    room    text NOT NULL,
    person  text NOT NULL,
    field   text NOT NULL,                                    -- name, or contact/text, contact/voice, contact/mail
    text    text NOT NULL,
    PRIMARY KEY (room, person, field)
);

-- What the world shall do. READY -> TAKEN -> SETTLED; WITHDRAWN: must not be sent any more; AMBIGUOUS: nobody knows
-- whether it was sent.
CREATE TABLE errand (
    room         text        NOT NULL,
    key          text        NOT NULL,
    channel      text        NOT NULL,
    purpose      text        NOT NULL,
    priority     int         NOT NULL,
    not_before   timestamptz NOT NULL,
    call_order   text        NOT NULL,
    callee       text        NOT NULL,
    person       text        NOT NULL,                        -- whose contact is resolved; empty for internal errands
    message      text        NOT NULL,
    state        text        NOT NULL CHECK (state IN ('READY', 'TAKEN', 'SETTLED', 'WITHDRAWN', 'AMBIGUOUS')),
    carrier      text,                                        -- from here on: marks of whoever took it
    keeps_key    boolean     NOT NULL DEFAULT false,          -- the carrier knows our key: sending twice is harmless
    owner        text,
    fence        bigint      NOT NULL DEFAULT 0,              -- never goes back
    lease_until  timestamptz,
    epoch        bigint,
    PRIMARY KEY (room, key),
    CHECK (state <> 'TAKEN' OR (carrier IS NOT NULL AND owner IS NOT NULL AND lease_until IS NOT NULL AND epoch IS NOT NULL))
) WITH (fillfactor = 70);
CREATE INDEX errand_ready ON errand (room, channel, priority, not_before, key) WHERE state = 'READY';
CREATE INDEX errand_taken ON errand (room, lease_until) WHERE state = 'TAKEN';

-- Due instants.
CREATE TABLE timer (
    room    text        NOT NULL,
    id      text        NOT NULL,
    due_at  timestamptz NOT NULL,
    PRIMARY KEY (room, id)
);

-- Where a room stood after a fact, so that a start need not fold from the beginning.
CREATE TABLE snapshot (
    room            text        NOT NULL,
    fact            bigint      NOT NULL,
    arrival         bigint      NOT NULL,                     -- last arrival decided
    form            int         NOT NULL,                     -- snapshots of another form are not read
    recorded_at     timestamptz NOT NULL,
    journal_count   bigint      NOT NULL,
    journal_digest  text        NOT NULL,
    matters         bigint[]    NOT NULL,                     -- numbers of the facts that still shape the state
    PRIMARY KEY (room, fact)
);

-- Truth is only ever added to.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Table % is only added to; % is refused', TG_TABLE_NAME, TG_OP;
END $$;
CREATE TRIGGER fact_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON fact FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER journal_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON journal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER arrival_never_changed BEFORE UPDATE ON arrival FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
