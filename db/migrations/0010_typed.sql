-- What is half typed outside the forms of dossiers: explanations of a day, sides chosen of a conflict. Private to the actor; not events.
CREATE TABLE typed (
  actor TEXT NOT NULL,
  -- What it is about: `day/<date>`, `conflict/<event>@<revision>`.
  about TEXT NOT NULL,
  "values" TEXT NOT NULL,
  saved_at TEXT NOT NULL,
  PRIMARY KEY (actor, about)
) STRICT, WITHOUT ROWID;
