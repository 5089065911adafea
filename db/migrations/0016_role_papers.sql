-- What the city signed of each person's role (JWS of a role paper); NULL = none came yet, or the city does not name the person any more.
ALTER TABLE desk_account ADD COLUMN paper TEXT;
