-- Which sheets show a scan as evidence of a figure.
create index sheet_files on sheet using gin (jsonb_path_query_array(notes, '$.*.file.sha256'));
