import { useT } from '../i18n/useT.ts';
import { IndicatorField } from './IndicatorField.tsx';
import { type Unit, UnitField } from './UnitField.tsx';

interface Props {
  cycleId: string;
  unit: Unit | null;
  code: string;
  label: string;
  /** What is offered for “no indicator”; one must be chosen without it. */
  none?: string;
  onUnit: (unit: Unit | null) => void;
  onCode: (code: string) => void;
}

/** A unit of a cycle and one of its indicators; another unit has others. */
export function UnitIndicatorFields({ cycleId, unit, code, label, none, onUnit, onCode }: Props) {
  const t = useT();
  return (
    <>
      <UnitField
        label={t('office.unit')}
        value={unit}
        cycleId={cycleId}
        required
        onChange={(next) => {
          onUnit(next);
          onCode('');
        }}
      />
      <IndicatorField
        label={label}
        cycleId={cycleId}
        orgId={unit?.id}
        value={code}
        {...(none !== undefined && { none })}
        onChange={onCode}
      />
    </>
  );
}
