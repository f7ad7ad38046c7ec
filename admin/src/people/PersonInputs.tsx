import {
  ArrayInput,
  AutocompleteInput,
  BooleanInput,
  PasswordInput,
  ReferenceInput,
  required,
  SimpleFormIterator,
  TextInput,
} from 'react-admin';
import { useKnown } from '../i18n/known.ts';
import { useT } from '../i18n/useT.ts';
import { ROLES } from './roleKeys.ts';

const byName = (q: string) => ({ q });

/** The fields of a person, for making and changing one. */
export function PersonInputs() {
  const t = useT();
  const known = useKnown();
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
      <PasswordInput
        source="password"
        label={t('people.password')}
        helperText={t('people.passwordHelp')}
        autoComplete="new-password"
      />
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
      <BooleanInput source="active" label={t('people.active')} />
    </>
  );
}
