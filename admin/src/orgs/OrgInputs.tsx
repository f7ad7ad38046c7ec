import { AutocompleteInput, BooleanInput, ReferenceInput, required, SelectInput, TextInput } from 'react-admin';
import { useKnown } from '../i18n/known.ts';
import { useT } from '../i18n/useT.ts';
import { CATEGORIES, KINDS } from './kinds.ts';

const byName = (q: string) => ({ q });

/** The fields of a unit, for making and changing one. */
export function OrgInputs() {
  const t = useT();
  const known = useKnown();
  const unit = (source: string, label: string, help: string) => (
    <ReferenceInput source={source} reference="orgs" sort={{ field: 'code', order: 'ASC' }}>
      <AutocompleteInput label={label} helperText={help} optionText="name" filterToQuery={byName} />
    </ReferenceInput>
  );
  return (
    <>
      <TextInput source="name" label={t('orgs.name')} validate={required()} />
      <TextInput source="nameEn" label={t('orgs.nameEn')} />
      <TextInput source="code" label={t('orgs.code')} helperText={t('fieldHelp.org.code')} validate={required()} />
      <SelectInput
        source="kind"
        label={t('orgs.kind')}
        helperText={t('fieldHelp.org.kind')}
        validate={required()}
        choices={KINDS.map((id) => ({ id, name: known('orgs.kinds', id) }))}
        translateChoice={false}
      />
      <SelectInput
        source="category"
        label={t('orgs.category')}
        helperText={t('fieldHelp.org.category')}
        choices={CATEGORIES.map((id) => ({ id, name: known('orgs.categories', id) }))}
        translateChoice={false}
      />
      {unit('parentId', t('orgs.parent'), t('fieldHelp.org.parent'))}
      <ReferenceInput source="headId" reference="people" sort={{ field: 'username', order: 'ASC' }}>
        <AutocompleteInput
          label={t('orgs.head')}
          helperText={t('fieldHelp.org.head')}
          optionText="name"
          filterToQuery={byName}
        />
      </ReferenceInput>
      {unit('monitoringUnitId', t('orgs.monitoringUnit'), t('fieldHelp.org.monitoringUnit'))}
      <TextInput source="dayEnd" label={t('orgs.dayEnd')} helperText={t('orgs.dayEndHelp')} placeholder="18:00" />
      <BooleanInput source="active" label={t('orgs.active')} />
    </>
  );
}
