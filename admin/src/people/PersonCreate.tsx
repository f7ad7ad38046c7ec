import { useDataProvider } from 'ra-core';
import { queryClient } from '../api/queryClient.ts';
import { useT } from '../i18n/useT.ts';
import { FormPage } from '../ui/FormPage.tsx';
import { PersonInputs } from './PersonInputs.tsx';
import { personBody } from './personBody.ts';

export default function PersonCreate() {
  const t = useT();
  const dataProvider = useDataProvider();
  return (
    <FormPage
      resource="people"
      title={t('people.add')}
      back="/people"
      initial={{ active: true }}
      onSave={async (values) => {
        const { data } = await dataProvider.create('people', { data: personBody(values) });
        await queryClient.invalidateQueries({ queryKey: ['people'] });
        return `/people/${data.id}`;
      }}
    >
      <PersonInputs />
    </FormPage>
  );
}
