import UploadIcon from '@mui/icons-material/UploadFileOutlined';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useRef, useState } from 'react';
import { call } from '../api/http.ts';
import type { Field, Json, Level } from '../api/types.ts';
import { uploadEvidence } from '../api/upload.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/useT.ts';
import { useMe } from '../session/session.ts';
import { FileList } from './FileList.tsx';
import { ACCEPT, flawOf, MAX_BYTES } from './fileRules.ts';
import { LevelSelect } from './LevelSelect.tsx';
import { USUAL_LEVEL } from './level.ts';
import type { FormTools, InputProps } from './types.ts';
import { type Sending, UploadState } from './UploadState.tsx';

interface Props extends InputProps<Extract<Field, { type: 'files' }>> {
  tools: FormTools;
}

/** Evidence: dropped or chosen, checked before it is sent, listed with who brought it. */
export function FilesInput({ field, id, value, error, onChange, tools }: Props) {
  const t = useT();
  const format = useFormat();
  const input = useRef<HTMLInputElement>(null);
  const [sending, setSending] = useState<Sending>();
  const [refusal, setRefusal] = useState<string>();
  const [failure, setFailure] = useState<unknown>();
  const [over, setOver] = useState(false);
  const most = useMe()?.person.clearance ?? USUAL_LEVEL;
  const [level, setLevel] = useState(Math.min(most, USUAL_LEVEL) as Level);
  const ids = Array.isArray(value) ? (value as string[]) : [];
  const files = tools.evidence.filter((one) => ids.includes(one.id));
  const room = (field.maxFiles ?? 50) - ids.length;

  const send = async (chosen: File[]) => {
    setRefusal(undefined);
    setFailure(undefined);
    if (chosen.length > room) return setRefusal(t('form.files.tooMany', { max: field.maxFiles ?? 50 }));
    const added: Json[] = [];
    for (const file of chosen) {
      const flaw = flawOf(file);
      if (flaw) {
        setRefusal(
          t(`form.files.${flaw}`, { name: file.name, size: format.bytes(file.size), max: format.bytes(MAX_BYTES) }),
        );
        break;
      }
      try {
        setSending({ name: file.name, share: 0 });
        const evidence = await uploadEvidence(tools.taskId, field.key, file, level, (share) =>
          setSending({ name: file.name, share }),
        );
        added.push(evidence.id);
        tools.onEvidence({ added: evidence });
        onChange([...ids, ...added]);
      } catch (problem) {
        setFailure(problem);
        break;
      }
    }
    setSending(undefined);
  };

  const remove = async (evidenceId: string) => {
    setFailure(undefined);
    try {
      await call(`/evidence/${evidenceId}`, { method: 'DELETE' });
      tools.onEvidence({ removed: evidenceId });
      onChange(ids.filter((one) => one !== evidenceId));
    } catch (problem) {
      setFailure(problem);
    }
  };

  return (
    <Box>
      <FileList files={files} onRemove={remove} />
      {room > 0 && (
        <Box
          component="button"
          type="button"
          id={id}
          aria-labelledby={`${id}-label ${id}`}
          aria-describedby={`${id}-help`}
          onClick={() => input.current?.click()}
          onDragOver={(event: React.DragEvent) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(event: React.DragEvent) => {
            event.preventDefault();
            setOver(false);
            void send([...event.dataTransfer.files]);
          }}
          sx={(theme) => ({
            display: 'flex',
            alignItems: 'center',
            gap: 1.25,
            width: '100%',
            p: 1.5,
            font: 'inherit',
            textAlign: 'start',
            color: 'text.primary',
            cursor: 'pointer',
            borderRadius: 1,
            border: `1px dashed ${error ? theme.palette.error.main : over ? theme.palette.primary.main : theme.tones.line}`,
            backgroundColor: over ? theme.tones.calmSoft : theme.tones.faint,
            '&:hover': { borderColor: 'primary.main' },
          })}
        >
          <UploadIcon sx={{ color: 'text.secondary' }} />
          <span>
            <Typography variant="body2" component="span" sx={{ display: 'block' }}>
              {t('form.files.drop')}
            </Typography>
            <Typography variant="caption" color="text.secondary" component="span">
              {t('form.files.kinds', { size: format.bytes(MAX_BYTES) })}
            </Typography>
          </span>
        </Box>
      )}
      {room > 0 && <LevelSelect value={level} most={most} onChange={setLevel} />}
      <input
        ref={input}
        type="file"
        hidden
        multiple={room > 1}
        accept={ACCEPT}
        onChange={(event) => {
          void send([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
      <UploadState sending={sending} refusal={refusal} failure={failure} onClose={() => setFailure(undefined)} />
    </Box>
  );
}
