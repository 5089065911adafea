-- The people of this machine as the city last named them; the one that it was enrolled for is the first.
CREATE TABLE desk_account (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  known INTEGER NOT NULL CHECK (known IN (0, 1)),
  -- Salted hash of the PIN, JSON; it lies inside the encrypted file only, and opens nothing while that is closed.
  pin TEXT
) STRICT;

INSERT INTO desk_account (id, name, role, known)
SELECT json_extract(account, '$.id'), json_extract(account, '$.name'), json_extract(account, '$.role'), account_known
FROM device_state;
