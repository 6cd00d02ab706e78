-- Items say of each clock how often more time was given. Rows of earlier versions say never, until the item changes or the room
-- is rebuilt; without the field they could not be read.
UPDATE view
   SET body = (SELECT json_object_agg(field, CASE
                          WHEN field = 'clocks' THEN (
                              SELECT coalesce(json_agg((CAST('{"granted": []}' AS jsonb) || CAST(clock AS jsonb)) ORDER BY place), '[]')
                                FROM json_array_elements(value) WITH ORDINALITY AS clocks (clock, place))
                          ELSE value END ORDER BY nr)
                 FROM json_each(body) WITH ORDINALITY AS fields (field, value, nr))
 WHERE kind = 'item' AND body -> 'clocks' IS NOT NULL;
