-- For whom an account acts on items; empty: for nobody of the register.
ALTER TABLE account ADD COLUMN person text NOT NULL DEFAULT '';
