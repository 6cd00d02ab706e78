-- An account that may not sign in until a system administrator lets it again.
ALTER TABLE account ADD COLUMN disabled boolean NOT NULL DEFAULT false;
