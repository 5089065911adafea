-- The key of an enrolment under way: the city may have taken the code although its answer was lost.
CREATE TABLE enrolment (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  -- SHA-256 of address and code: the key is good for this attempt alone.
  attempt TEXT NOT NULL,
  private_key TEXT NOT NULL
) STRICT;
