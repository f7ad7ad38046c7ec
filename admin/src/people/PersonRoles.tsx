import { useGetOne } from 'ra-core';
import { ArrayInput, AutocompleteInput, ReferenceInput, required, SelectInput, SimpleFormIterator } from 'react-admin';
import { useParams } from 'react-router-dom';
import { call } from '../api/http.ts';
import { queryClient } from '../api/queryClient.ts';
import type { Person } from '../api/types.ts';
import { LEVELS, levelName } from '../form/level.ts';
import { useKnown } from '../i18n/known.ts';
import { useT } from '../i18n/useT.ts';
import { Waiting } from '../layout/Waiting.tsx';
import { FormPage } from '../ui/FormPage.tsx';
import { rolesBody, rolesForm } from './personBody.ts';
import { ROLES } from './roleKeys.ts';

const byName = (q: string) => ({ q });

/** Which roles a person holds, for the city or inside a unit, and up to which level of files. */
export default function PersonRoles() {
  const { id = '' } = useParams();
  const t = useT();
  const known = useKnown();
  const { data: person } = useGetOne<Person>('people', { id });
  if (!person) return <Waiting />;
  return (
    <FormPage
      resource="people"
      title={t('people.grant')}
      over={person.name}
      back={`/people/${id}`}
      initial={rolesForm(person)}
      onSave={async (values) => {
        await call(`/people/${id}/roles`, { method: 'PUT', body: rolesBody(values), ifMatch: person.version });
        await queryClient.invalidateQueries({ queryKey: ['people'] });
        return `/people/${id}`;
      }}
    >
      <ArrayInput source="roles" label={t('people.roles')} helperText={t('fieldHelp.person.roles')}>
        <SimpleFormIterator inline disableReordering disableClear>
          <AutocompleteInput
            source="role"
            label={t('people.role')}
            choices={ROLES.map((id) => ({ id, name: known('people.roleNames', id) }))}
            translateChoice={false}
            validate={required()}
            sx={{ width: 200 }}
          />
          <ReferenceInput source="orgId" reference="orgs" sort={{ field: 'code', order: 'ASC' }}>
            <AutocompleteInput
              label={t('people.roleOrg')}
              optionText="name"
              filterToQuery={byName}
              sx={{ width: 260 }}
            />
          </ReferenceInput>
        </SimpleFormIterator>
      </ArrayInput>
      <SelectInput
        source="clearance"
        label={t('people.clearance')}
        helperText={t('fieldHelp.person.clearance')}
        choices={LEVELS.map((id) => ({ id, name: t(levelName(id)) }))}
        translateChoice={false}
        validate={required()}
      />
    </FormPage>
  );
}
