import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import type { ReactElement } from 'react';
import type { Field, Json } from '../api/types.ts';
import { useText } from '../i18n/useT.ts';
import { Anchors } from './Anchors.tsx';
import { ChoiceInput } from './ChoiceInput.tsx';
import { DateInput } from './DateInput.tsx';
import { DecimalInput } from './DecimalInput.tsx';
import { FilesInput } from './FilesInput.tsx';
import { PersonInput } from './PersonInput.tsx';
import { TableInput } from './TableInput.tsx';
import { TextInput } from './TextInput.tsx';
import type { FormTools } from './types.ts';

interface Props {
  field: Field;
  id: string;
  place: string;
  value: Json | undefined;
  tools: FormTools;
  onChange: (value: Json) => void;
}

/** These have many parts or a button: the label names the group, not one of them. */
const isGroup = (field: Field): boolean => field.type === 'table' || field.type === 'files';

/** One field of a template's form with its label, its help and what is wrong with it. */
export function FieldInput({ field, id, place, value, tools, onChange }: Props) {
  const text = useText();
  const error = tools.errorAt(place);
  const label = text(field.name);
  if (field.type === 'boolean') {
    return (
      <Box>
        <FormControlLabel
          control={<Checkbox id={id} checked={value === true} onChange={(_, checked) => onChange(checked)} />}
          label={label}
        />
        <Below id={id} help={text(field.help)} error={error} />
      </Box>
    );
  }
  return (
    <Box>
      <Stack direction="row" spacing={1} sx={{ alignItems: 'baseline', mb: 0.5 }}>
        <Typography
          {...(isGroup(field) ? { component: 'span' } : { component: 'label', htmlFor: id })}
          id={`${id}-label`}
          variant="body2"
          sx={{ fontWeight: 600 }}
        >
          {label}
        </Typography>
        {field.required ? (
          <Typography variant="caption" component="span" aria-hidden sx={{ color: 'error.main', ml: '4px !important' }}>
            *
          </Typography>
        ) : null}
        <Box sx={{ flex: 1 }} />
        <Counter field={field} value={value} />
      </Stack>
      {input({ field, id, place, value, tools, onChange }, error)}
      {field.type === 'decimal' && field.anchors ? (
        <Anchors anchors={field.anchors} value={typeof value === 'string' ? value : undefined} />
      ) : null}
      <Below id={id} help={text(field.help)} error={error} />
    </Box>
  );
}

function input({ field, id, value, tools, onChange }: Props, error: string | undefined): ReactElement | null {
  const common = { id, value, error, onChange };
  const string = typeof value === 'string' ? value : '';
  switch (field.type) {
    case 'text':
    case 'longText':
      return <TextInput field={field} {...common} />;
    case 'decimal':
      return <DecimalInput field={field} {...common} />;
    case 'date':
      return (
        <DateInput
          id={id}
          value={string}
          error={error !== undefined}
          required={field.required ?? false}
          onChange={onChange}
        />
      );
    case 'choice':
      return <ChoiceInput field={field} {...common} />;
    case 'person':
      return <PersonInput id={id} value={string} error={error !== undefined} onChange={onChange} />;
    case 'files':
      return <FilesInput field={field} {...common} tools={tools} />;
    case 'table':
      return <TableInput field={field} {...common} tools={tools} />;
    default:
      return null;
  }
}

function Counter({ field, value }: { field: Field; value: Json | undefined }) {
  if ((field.type !== 'longText' && field.type !== 'text') || !field.maxLength || typeof value !== 'string')
    return null;
  if (value.length < field.maxLength * 0.8) return null;
  return (
    <Typography variant="caption" sx={{ color: value.length > field.maxLength ? 'error.main' : 'text.secondary' }}>
      {value.length} / {field.maxLength}
    </Typography>
  );
}

function Below({ id, help, error }: { id: string; help: string; error: string | undefined }) {
  return (
    <Box id={`${id}-help`} sx={{ mt: help || error ? 0.5 : 0 }}>
      {error && (
        <Typography variant="caption" component="p" color="error" data-error>
          {error}
        </Typography>
      )}
      {help && (
        <Typography variant="caption" component="p" color="text.secondary">
          {help}
        </Typography>
      )}
    </Box>
  );
}
