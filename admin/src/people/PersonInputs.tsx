import { AutocompleteInput, BooleanInput, ReferenceInput, required, TextInput } from 'react-admin';
import { useT } from '../i18n/useT.ts';

const byName = (q: string) => ({ q });

/** The fields of a person, for making and changing one. */
export function PersonInputs() {
  const t = useT();
  return (
    <>
      <TextInput source="name" label={t('people.name')} validate={required()} />
      <TextInput
        source="username"
        label={t('people.username')}
        helperText={t('fieldHelp.person.username')}
        validate={required()}
        autoComplete="off"
      />
      <ReferenceInput source="orgId" reference="orgs" sort={{ field: 'code', order: 'ASC' }}>
        <AutocompleteInput
          label={t('people.org')}
          helperText={t('fieldHelp.person.org')}
          optionText="name"
          filterToQuery={byName}
          validate={required()}
        />
      </ReferenceInput>
      <TextInput source="title" label={t('people.jobTitle')} />
      <TextInput source="email" label={t('people.email')} helperText={t('fieldHelp.person.email')} type="email" />
      <BooleanInput source="active" label={t('people.active')} />
    </>
  );
}
