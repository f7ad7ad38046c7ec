-- The audit knows people by their ids only: names and addresses stand in one place, where they can be taken out, and the audit cannot be
-- changed. That one of them was changed is seen, not from what to what.
CREATE FUNCTION audit_unnamed(governed text, shown jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN governed <> 'people' THEN shown ELSE
    (SELECT jsonb_object_agg(key, CASE WHEN key IN ('username', 'name', 'title', 'email', 'preferences', 'directory_id') AND value <> 'null' THEN '"•••"' ELSE value END) FROM jsonb_each(shown)) END
$$;

-- Notes what a statement changed in a governed table, for the row that the transaction appends: a hundred rows at most, and how many in all.
CREATE OR REPLACE FUNCTION audit_note() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changed int := coalesce(nullif(current_setting('bihuan.changed', true), '')::int, 0);
  n int;
  more jsonb;
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT count(*) INTO n FROM added;
    IF changed < 100 THEN
      SELECT jsonb_agg(jsonb_build_object('table', TG_TABLE_NAME, 'key', (SELECT jsonb_object_agg(k, a->k) FROM unnest(TG_ARGV) k), 'after', audit_shown(audit_unnamed(TG_TABLE_NAME, a))))
        INTO more FROM (SELECT jsonb_strip_nulls(to_jsonb(t)) AS a FROM added t LIMIT 100 - changed) x;
    END IF;
  ELSIF TG_OP = 'DELETE' OR changed >= 100 THEN
    SELECT count(*) INTO n FROM gone;
    IF changed < 100 THEN
      SELECT jsonb_agg(jsonb_build_object('table', TG_TABLE_NAME, 'key', (SELECT jsonb_object_agg(k, b->k) FROM unnest(TG_ARGV) k), 'before', audit_shown(audit_unnamed(TG_TABLE_NAME, b))))
        INTO more FROM (SELECT jsonb_strip_nulls(to_jsonb(t)) AS b FROM gone t LIMIT 100 - changed) x;
    END IF;
  ELSE
    -- Both hold the rows in the order in which they were changed.
    WITH pairs AS (
      SELECT b, a, (SELECT jsonb_object_agg(key, value) FROM jsonb_each(a) WHERE value IS DISTINCT FROM b->key) AS fresh
      FROM (SELECT to_jsonb(t) AS b, row_number() OVER () AS i FROM gone t) x JOIN (SELECT to_jsonb(t) AS a, row_number() OVER () AS i FROM added t) y USING (i)
    ), differ AS (SELECT b, a, fresh FROM pairs WHERE fresh IS NOT NULL)
    SELECT (SELECT count(*) FROM differ),
      (SELECT jsonb_agg(jsonb_build_object('table', TG_TABLE_NAME, 'key', (SELECT jsonb_object_agg(k, a->k) FROM unnest(TG_ARGV) k),
        'before', audit_shown(audit_unnamed(TG_TABLE_NAME, (SELECT jsonb_object_agg(key, b->key) FROM jsonb_object_keys(fresh) AS key))), 'after', audit_shown(audit_unnamed(TG_TABLE_NAME, fresh)))) FROM (SELECT * FROM differ LIMIT 100 - changed) d)
      INTO n, more;
  END IF;
  IF n > 0 THEN
    PERFORM set_config('bihuan.changed', (changed + n)::text, true);
    IF more IS NOT NULL THEN
      PERFORM set_config('bihuan.changes', (coalesce(nullif(current_setting('bihuan.changes', true), ''), '[]')::jsonb || more)::text, true);
    END IF;
  END IF;
  RETURN NULL;
END $$;
