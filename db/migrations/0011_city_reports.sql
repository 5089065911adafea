-- What the city last answered of a report over the dossiers that it holds; not events.
CREATE TABLE city_report (
  office TEXT NOT NULL,
  report TEXT NOT NULL,
  from_date TEXT NOT NULL,
  to_date TEXT NOT NULL,
  tree_on TEXT NOT NULL,
  -- The city's time.
  at TEXT NOT NULL,
  -- JSON of the whole answer.
  reply TEXT NOT NULL,
  PRIMARY KEY (office, report, from_date, to_date, tree_on)
) STRICT;
