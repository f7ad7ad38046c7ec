-- 审计: who did what, when, from where, on whose behalf. Each row carries the hash of the row before it in its stripe, so that none can
-- be changed, removed, put in or moved unseen. Sixteen stripes, so that writers do not wait for each other.
CREATE TABLE "audit" (
  "stripe" SMALLINT NOT NULL,
  "seq" BIGINT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  "actor" UUID,
  "on_behalf_of" UUID,
  "action" TEXT NOT NULL,
  "object" TEXT,
  "ok" BOOLEAN NOT NULL,
  "detail" TEXT,
  "request" TEXT,
  "address" TEXT,
  "prev" BYTEA NOT NULL,
  "hash" BYTEA NOT NULL,
  "alg" TEXT NOT NULL,

  CONSTRAINT "audit_pkey" PRIMARY KEY ("stripe", "seq")
);

-- Where each stripe ends.
CREATE TABLE "audit_heads" (
  "stripe" SMALLINT NOT NULL,
  "seq" BIGINT NOT NULL,
  "hash" BYTEA NOT NULL,

  CONSTRAINT "audit_heads_pkey" PRIMARY KEY ("stripe")
) WITH (fillfactor = 20);
INSERT INTO "audit_heads" SELECT n, 0, decode(repeat('00', 32), 'hex') FROM generate_series(0, 15) AS n;

-- Where a stripe begins after its older rows went into an archive: the last row that is there, and all before `before` may be.
CREATE TABLE "audit_starts" (
  "stripe" SMALLINT NOT NULL,
  "seq" BIGINT NOT NULL,
  "hash" BYTEA NOT NULL,
  "before" TIMESTAMPTZ(3) NOT NULL,

  CONSTRAINT "audit_starts_pkey" PRIMARY KEY ("stripe")
);

-- The heads of all stripes at one moment, signed by a key that is not in the database. `body` is what was signed, byte by byte.
CREATE TABLE "audit_checkpoints" (
  "n" BIGINT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  "body" TEXT NOT NULL,
  "signature" TEXT NOT NULL,

  CONSTRAINT "audit_checkpoints_pkey" PRIMARY KEY ("n")
);

-- Nothing of it is changed or deleted, by nobody, but by the function that archives.
CREATE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND TG_TABLE_NAME = 'audit' AND current_setting('bihuan.archiving', true) = 'on' THEN RETURN OLD; END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE ON "audit" FOR EACH ROW EXECUTE FUNCTION audit_stays();
CREATE TRIGGER audit_is_not_emptied BEFORE TRUNCATE ON "audit" FOR EACH STATEMENT EXECUTE FUNCTION audit_stays();
CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE ON "audit_checkpoints" FOR EACH ROW EXECUTE FUNCTION audit_stays();
CREATE TRIGGER audit_is_not_emptied BEFORE TRUNCATE ON "audit_checkpoints" FOR EACH STATEMENT EXECUTE FUNCTION audit_stays();
CREATE TRIGGER audit_stays BEFORE DELETE ON "audit_heads" FOR EACH ROW EXECUTE FUNCTION audit_stays();
CREATE TRIGGER audit_is_not_emptied BEFORE TRUNCATE ON "audit_heads" FOR EACH STATEMENT EXECUTE FUNCTION audit_stays();
CREATE TRIGGER audit_stays BEFORE DELETE ON "audit_starts" FOR EACH ROW EXECUTE FUNCTION audit_stays();
CREATE TRIGGER audit_is_not_emptied BEFORE TRUNCATE ON "audit_starts" FOR EACH STATEMENT EXECUTE FUNCTION audit_stays();
CREATE TRIGGER record_is_not_emptied BEFORE TRUNCATE ON "case_events" FOR EACH STATEMENT EXECUTE FUNCTION record_is_append_only();

-- What is hashed after the hash of the row before: a JSON array, as `JSON.stringify` writes it but with a blank after each comma.
CREATE FUNCTION audit_bytes(stripe int2, seq int8, at timestamptz, actor uuid, on_behalf_of uuid, action text, object text, ok bool, detail text, request text, address text)
RETURNS bytea LANGUAGE sql STABLE AS $$
  SELECT convert_to(json_build_array(stripe, seq, round(date_part('epoch', at) * 1000)::int8, actor, on_behalf_of, action, object, ok, detail, request, address)::text, 'UTF8')
$$;

-- A stripe for this transaction alone: the one it has, else its own if nobody writes there, else any that is free, else its own when it is.
CREATE FUNCTION audit_head() RETURNS audit_heads LANGUAGE plpgsql AS $$
DECLARE
  had text := current_setting('bihuan.stripe', true);
  head audit_heads;
BEGIN
  IF had <> '' THEN
    SELECT * INTO head FROM audit_heads WHERE stripe = had::int2 FOR UPDATE;
    RETURN head;
  END IF;
  SELECT * INTO head FROM audit_heads WHERE stripe = pg_backend_pid() % 16 FOR UPDATE SKIP LOCKED;
  IF NOT FOUND THEN SELECT * INTO head FROM audit_heads FOR UPDATE SKIP LOCKED LIMIT 1; END IF;
  IF NOT FOUND THEN SELECT * INTO head FROM audit_heads WHERE stripe = pg_backend_pid() % 16 FOR UPDATE; END IF;
  PERFORM set_config('bihuan.stripe', head.stripe::text, true);
  RETURN head;
END $$;

-- Appends one row. What the transaction has changed in governed tables since its last row goes into the detail.
CREATE FUNCTION audit_append(at timestamptz, actor uuid, on_behalf_of uuid, action text, object text, ok bool, detail text, request text, address text)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  moment timestamptz(3) := coalesce(at, clock_timestamp());
  changes text := nullif(current_setting('bihuan.changes', true), '');
  changed int := nullif(current_setting('bihuan.changed', true), '');
  told text := detail;
  head audit_heads;
  link bytea;
BEGIN
  IF changes IS NOT NULL THEN
    told := (coalesce(detail, '{}')::jsonb || jsonb_build_object('changes', changes::jsonb)
      || CASE WHEN changed > jsonb_array_length(changes::jsonb) THEN jsonb_build_object('changed', changed) ELSE '{}' END)::text;
    PERFORM set_config('bihuan.changes', '', true), set_config('bihuan.changed', '', true);
  END IF;
  head := audit_head();
  link := sha256(head.hash || audit_bytes(head.stripe, head.seq + 1, moment, actor, on_behalf_of, action, object, ok, told, request, address));
  INSERT INTO audit VALUES (head.stripe, head.seq + 1, moment, actor, on_behalf_of, action, object, ok, told, request, address, head.hash, link, 'sha256');
  UPDATE audit_heads h SET seq = h.seq + 1, hash = link WHERE h.stripe = head.stripe;
END $$;

-- From which request an event came; nothing for timers and jobs.
ALTER TABLE "case_events" ADD COLUMN "request" TEXT, ADD COLUMN "address" TEXT;

-- Every event of a case has its row, whoever writes it. Fires last in the statement, so a stripe is held only until the commit.
CREATE FUNCTION audit_case_events() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  head audit_heads;
  link bytea;
  told text;
  e record;
BEGIN
  FOR e IN SELECT 'case/' || case_id || '/' || seq AS object, 'case.' || type AS action, at, actor, on_behalf_of, body::text AS body, request, address FROM added LOOP
    IF head.stripe IS NULL THEN head := audit_head(); END IF;
    told := '{"body": "' || encode(sha256(convert_to(e.body, 'UTF8')), 'hex') || '"}';
    link := sha256(head.hash || audit_bytes(head.stripe, head.seq + 1, e.at, e.actor, e.on_behalf_of, e.action, e.object, true, told, e.request, e.address));
    INSERT INTO audit VALUES (head.stripe, head.seq + 1, e.at, e.actor, e.on_behalf_of, e.action, e.object, true, told, e.request, e.address, head.hash, link, 'sha256');
    head.seq := head.seq + 1;
    head.hash := link;
  END LOOP;
  IF head.stripe IS NOT NULL THEN
    UPDATE audit_heads h SET seq = head.seq, hash = head.hash WHERE h.stripe = head.stripe;
  END IF;
  RETURN NULL;
END $$;

-- The events that there are already are taken in, by the same code.
CREATE TRIGGER audit_case_events AFTER UPDATE ON "case_events" REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION audit_case_events();
ALTER TABLE "case_events" DISABLE TRIGGER record_is_append_only;
UPDATE "case_events" SET "request" = NULL;
ALTER TABLE "case_events" ENABLE TRIGGER record_is_append_only;
DROP TRIGGER audit_case_events ON "case_events";
CREATE TRIGGER audit_case_events AFTER INSERT ON "case_events" REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION audit_case_events();

-- A row as the audit shows it: no secrets, and of long values only what they hash to.
CREATE FUNCTION audit_shown(shown jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(jsonb_object_agg(key, CASE
    WHEN value = 'null' THEN value
    WHEN key ~ 'password|secret|recovery|csrf|^(token|code|key)_hash$|^hash$|^id_hash$' THEN '"•••"'
    WHEN length(value::text) > 1000 THEN jsonb_build_object('sha256', encode(sha256(convert_to(value::text, 'UTF8')), 'hex'), 'length', length(value::text))
    ELSE value END), '{}') FROM jsonb_each(shown)
$$;

-- The audit knows people by their ids only: names and addresses stand in one place, where they can be taken out, and the audit cannot be
-- changed. That one of them was changed is seen, not from what to what.
CREATE FUNCTION audit_unnamed(governed text, shown jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN governed <> 'people' THEN shown ELSE
    (SELECT jsonb_object_agg(key, CASE WHEN key IN ('username', 'name', 'title', 'email', 'preferences', 'directory_id') AND value <> 'null' THEN '"•••"' ELSE value END) FROM jsonb_each(shown)) END
$$;

-- Notes what a statement changed in a governed table, for the row that the transaction appends: a hundred rows at most, and how many in all.
CREATE FUNCTION audit_note() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changed int := coalesce(nullif(current_setting('bihuan.changed', true), '')::int, 0);
  n int;
  more jsonb;
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT count(*) INTO n FROM added;
    IF changed < 100 THEN
      SELECT jsonb_agg(jsonb_build_object('table', TG_TABLE_NAME, 'key', audit_shown((SELECT jsonb_object_agg(k, a->k) FROM unnest(TG_ARGV) k)), 'after', audit_shown(audit_unnamed(TG_TABLE_NAME, a))))
        INTO more FROM (SELECT jsonb_strip_nulls(to_jsonb(t)) AS a FROM added t LIMIT 100 - changed) x;
    END IF;
  ELSIF TG_OP = 'DELETE' OR changed >= 100 THEN
    SELECT count(*) INTO n FROM gone;
    IF changed < 100 THEN
      SELECT jsonb_agg(jsonb_build_object('table', TG_TABLE_NAME, 'key', audit_shown((SELECT jsonb_object_agg(k, b->k) FROM unnest(TG_ARGV) k)), 'before', audit_shown(audit_unnamed(TG_TABLE_NAME, b))))
        INTO more FROM (SELECT jsonb_strip_nulls(to_jsonb(t)) AS b FROM gone t LIMIT 100 - changed) x;
    END IF;
  ELSE
    -- Both hold the rows in the order in which they were changed.
    WITH pairs AS (
      SELECT b, a, (SELECT jsonb_object_agg(key, value) FROM jsonb_each(a) WHERE value IS DISTINCT FROM b->key) AS fresh
      FROM (SELECT to_jsonb(t) AS b, row_number() OVER () AS i FROM gone t) x JOIN (SELECT to_jsonb(t) AS a, row_number() OVER () AS i FROM added t) y USING (i)
    ), differ AS (SELECT b, a, fresh FROM pairs WHERE fresh IS NOT NULL)
    SELECT (SELECT count(*) FROM differ),
      (SELECT jsonb_agg(jsonb_build_object('table', TG_TABLE_NAME, 'key', audit_shown((SELECT jsonb_object_agg(k, a->k) FROM unnest(TG_ARGV) k)),
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

-- What is left at the end of a transaction, when nobody has appended a row for what it changed: a job's work, or that of somebody at the
-- database itself.
CREATE FUNCTION audit_rest() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF current_setting('bihuan.changes', true) <> '' THEN
    PERFORM audit_append(NULL, NULL, NULL, 'database.change', NULL, true, jsonb_build_object('user', session_user)::text, nullif(current_setting('application_name'), ''), host(inet_client_addr()));
  END IF;
  RETURN NULL;
END $$;

-- Has the changes of a table go into the audit, before and after. For migrations that make tables of what people decide.
CREATE FUNCTION audit_govern(governed regclass) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  keys text := (SELECT string_agg(quote_literal(a.attname), ', ' ORDER BY a.attnum) FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey)
    WHERE i.indrelid = governed AND i.indisprimary);
BEGIN
  EXECUTE format('CREATE TRIGGER audit_note_insert AFTER INSERT ON %s REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION audit_note(%s)', governed, keys);
  EXECUTE format('CREATE TRIGGER audit_note_update AFTER UPDATE ON %s REFERENCING OLD TABLE AS gone NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION audit_note(%s)', governed, keys);
  EXECUTE format('CREATE CONSTRAINT TRIGGER audit_rest AFTER INSERT OR UPDATE OR DELETE ON %s DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_rest()', governed);
  EXECUTE format('CREATE TRIGGER audit_note_delete AFTER DELETE ON %s REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION audit_note(%s)', governed, keys);
END $$;
SELECT audit_govern(name::regclass) FROM unnest(ARRAY['people', 'roles', 'org_units', 'delegations', 'templates', 'cycles', 'cycle_participants', 'cycle_migrations',
  'calendar_days', 'calendar_state', 'indicators', 'indicator_versions', 'cycle_indicators', 'indicator_targets', 'milestones', 'indicator_history', 'benchmarks',
  'adjustments', 'grade_exceptions', 'quota_raises', 'score_runs', 'api_tokens', 'pull_sources', 'complaint_rules', 'observation_points', 'observers', 'inspections',
  'findings', 'improvement_goals', 'audit_figures', 'abnormal_flags', 'warnings', 'survey_links', 'case_priorities', 'incidents']) AS name;

-- A checkpoint follows the one before it; of two made at once the first one stays. True: it is there.
CREATE FUNCTION audit_checkpoint(n int8, at timestamptz, body text, signature text) RETURNS bool LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO audit_checkpoints SELECT $1, $2, $3, $4 WHERE $1 = (SELECT coalesce(max(c.n), 0) + 1 FROM audit_checkpoints c) ON CONFLICT DO NOTHING;
  RETURN FOUND;
END $$;

-- Removes rows that are in an archive: of each stripe those up to a row, all of them older than `until`, which is 180 days ago at least.
CREATE FUNCTION audit_archive(until timestamptz, stripes int2[], seqs int8[]) RETURNS int8 LANGUAGE plpgsql SET search_path = public, pg_temp SET bihuan.archiving = 'on' AS $$
DECLARE
  removed int8;
BEGIN
  IF until > now() - interval '180 days' THEN
    RAISE EXCEPTION 'rows of the audit are kept for 180 days' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF EXISTS (SELECT FROM audit a JOIN unnest(stripes, seqs) AS c(stripe, seq) ON a.stripe = c.stripe AND a.seq <= c.seq WHERE a.at >= until) THEN
    RAISE EXCEPTION 'a row is newer than %', until USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  INSERT INTO audit_starts SELECT a.stripe, a.seq, a.hash, until FROM audit a JOIN unnest(stripes, seqs) AS c(stripe, seq) ON a.stripe = c.stripe AND a.seq = c.seq
    ON CONFLICT (stripe) DO UPDATE SET seq = EXCLUDED.seq, hash = EXCLUDED.hash, before = EXCLUDED.before;
  DELETE FROM audit a USING unnest(stripes, seqs) AS c(stripe, seq) WHERE a.stripe = c.stripe AND a.seq <= c.seq;
  GET DIAGNOSTICS removed = ROW_COUNT;
  RETURN removed;
END $$;

REVOKE EXECUTE ON FUNCTION audit_head(), audit_append(timestamptz, uuid, uuid, text, text, bool, text, text, text), audit_checkpoint(int8, timestamptz, text, text),
  audit_archive(timestamptz, int2[], int8[]), audit_govern(regclass), audit_case_events(), audit_rest() FROM PUBLIC;
