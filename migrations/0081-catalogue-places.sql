-- Open areas a map can be drawn over, and names of places by their municipality key.
create index catalogue_entry_areas on catalogue_entry (modified_at desc)
  where preview_face = 'public' and access = 'open'
    and jsonb_path_exists(preview, '$.geo.features[*].geometry.type ? (@ == "Polygon" || @ == "MultiPolygon")');
create index catalogue_entry_ags on catalogue_entry ((record->>'ags')) where visibility = 'public';
