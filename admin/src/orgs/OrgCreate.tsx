import { useDataProvider } from 'ra-core';
import { queryClient } from '../api/queryClient.ts';
import { useT } from '../i18n/useT.ts';
import { FormPage } from '../ui/FormPage.tsx';
import { OrgInputs } from './OrgInputs.tsx';
import { orgBody } from './orgBody.ts';

export default function OrgCreate() {
  const t = useT();
  const dataProvider = useDataProvider();
  return (
    <FormPage
      resource="orgs"
      title={t('orgs.add')}
      back="/orgs"
      initial={{ kind: 'department', active: true }}
      onSave={async (values) => {
        const { data } = await dataProvider.create('orgs', { data: orgBody(values) });
        await queryClient.invalidateQueries({ queryKey: ['orgs'] });
        return `/orgs/${data.id}`;
      }}
    >
      <OrgInputs />
    </FormPage>
  );
}
