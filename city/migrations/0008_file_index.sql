-- Which dossiers show a scan: asked at each piece that another desk fetches.
create index dossier_files on dossier using gin (files jsonb_path_ops);
