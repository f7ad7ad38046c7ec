import { useDataProvider, useGetOne } from 'ra-core';
import { useParams } from 'react-router-dom';
import { queryClient } from '../api/queryClient.ts';
import type { Person } from '../api/types.ts';
import { useT } from '../i18n/useT.ts';
import { Waiting } from '../layout/Waiting.tsx';
import { changed } from '../orgs/orgBody.ts';
import { FormPage } from '../ui/FormPage.tsx';
import { PersonInputs } from './PersonInputs.tsx';
import { formOf, personBody } from './personBody.ts';

export default function PersonEdit() {
  const { id = '' } = useParams();
  const t = useT();
  const dataProvider = useDataProvider();
  const { data: person } = useGetOne<Person>('people', { id });
  if (!person) return <Waiting />;
  const initial = formOf(person);
  return (
    <FormPage
      resource="people"
      title={t('people.edit')}
      over={person.name}
      back={`/people/${id}`}
      initial={initial}
      onSave={async (values) => {
        await dataProvider.update('people', { id, data: changed(initial, personBody(values)), previousData: person });
        await queryClient.invalidateQueries({ queryKey: ['people'] });
        return `/people/${id}`;
      }}
    >
      <PersonInputs />
    </FormPage>
  );
}
