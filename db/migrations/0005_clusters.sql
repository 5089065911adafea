-- Clusters of units that an office made, beside its corrections; what the columns of count files mean, as somebody said on this machine.
ALTER TABLE setting ADD COLUMN clusters TEXT NOT NULL DEFAULT '{}';

CREATE TABLE file_columns (
  form TEXT NOT NULL,
  headings TEXT NOT NULL,
  roles TEXT NOT NULL,
  used_at TEXT NOT NULL,
  PRIMARY KEY (form, headings)
) STRICT, WITHOUT ROWID;
