import { useDataProvider, useGetOne } from 'ra-core';
import { useParams } from 'react-router-dom';
import { queryClient } from '../api/queryClient.ts';
import type { OrgUnit } from '../api/types.ts';
import { useT } from '../i18n/useT.ts';
import { Waiting } from '../layout/Waiting.tsx';
import { FormPage } from '../ui/FormPage.tsx';
import { OrgInputs } from './OrgInputs.tsx';
import { changed, formOf, orgBody } from './orgBody.ts';

export default function OrgEdit() {
  const { id = '' } = useParams();
  const t = useT();
  const dataProvider = useDataProvider();
  const { data: org } = useGetOne<OrgUnit>('orgs', { id });
  if (!org) return <Waiting />;
  const initial = formOf(org);
  return (
    <FormPage
      resource="orgs"
      title={t('orgs.edit')}
      over={org.name}
      back={`/orgs/${id}`}
      initial={initial}
      onSave={async (values) => {
        await dataProvider.update('orgs', { id, data: changed(initial, orgBody(values)), previousData: org });
        await queryClient.invalidateQueries({ queryKey: ['orgs'] });
        return `/orgs/${id}`;
      }}
    >
      <OrgInputs />
    </FormPage>
  );
}
