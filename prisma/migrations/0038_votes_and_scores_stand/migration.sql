-- A score stands as it was computed: another one is another run's.
CREATE TRIGGER record_is_append_only BEFORE UPDATE OR DELETE ON "scores" FOR EACH ROW EXECUTE FUNCTION record_is_append_only();
CREATE TRIGGER record_is_not_emptied BEFORE TRUNCATE ON "scores" FOR EACH STATEMENT EXECUTE FUNCTION record_is_append_only();

-- A ballot stands from when its round is closed, and a closed sheet is never opened again.
CREATE FUNCTION ballot_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM ballot_sheets WHERE id = OLD.sheet_id AND closed) THEN
    RAISE EXCEPTION 'a ballot of a closed round stands' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER ballot_stands BEFORE UPDATE OR DELETE ON "ballots" FOR EACH ROW EXECUTE FUNCTION ballot_stands();
CREATE TRIGGER record_is_not_emptied BEFORE TRUNCATE ON "ballots" FOR EACH STATEMENT EXECUTE FUNCTION record_is_append_only();

CREATE FUNCTION sheet_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a closed sheet stands' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER sheet_stays_closed BEFORE UPDATE ON "ballot_sheets" FOR EACH ROW WHEN (OLD.closed AND NOT NEW.closed) EXECUTE FUNCTION sheet_stands();
CREATE TRIGGER sheet_is_kept BEFORE DELETE ON "ballot_sheets" FOR EACH ROW WHEN (OLD.closed) EXECUTE FUNCTION sheet_stands();
