import Pdf from '@mui/icons-material/PictureAsPdfOutlined';
import Button from '@mui/material/Button';
import { useParams } from 'react-router-dom';
import type { Printed } from '../../../workflows/report/part.ts';
import type { LetterRow } from '../afterwards/types.ts';
import { API } from '../api/http.ts';
import type { Ref } from '../api/types.ts';
import { useFormat } from '../i18n/format.ts';
import { useLanguage } from '../i18n/LanguageProvider.tsx';
import { useT } from '../i18n/useT.ts';
import { Waiting } from '../layout/Waiting.tsx';
import { Sections } from '../reports/Sections.tsx';
import { Page } from '../ui/Page.tsx';
import { PrintButton } from '../ui/PrintButton.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { useRead } from './api.ts';

interface WrittenLetter extends LetterRow {
  org: Ref;
  document: { title: string; parts: Printed[] };
}

/** A feedback letter, to be read on the page and printed. */
export default function LetterPage() {
  const { id = '' } = useParams();
  const t = useT();
  const format = useFormat();
  const { language } = useLanguage();
  const { data, error, isPending, refetch } = useRead<WrittenLetter>(`/letters/${id}`, { language });
  if (isPending) return <Waiting />;
  if (!data)
    return (
      <Page title={t('unit.letter')} back="/unit?view=results">
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      </Page>
    );
  return (
    <Page
      title={data.document.title}
      over={data.org.name}
      under={t('unit.letterAt', { when: format.dayTime(data.at) })}
      back="/unit?view=results"
      width={920}
      actions={
        <>
          <PrintButton />
          <Button size="small" startIcon={<Pdf />} href={`${API}/letters/${id}/pdf?language=${language}`}>
            {t('unit.letterPdf')}
          </Button>
        </>
      }
    >
      <Sections parts={data.document.parts} />
    </Page>
  );
}
