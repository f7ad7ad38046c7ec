import Verify from '../supervision/Verify.tsx';
import type { UnitViewProps } from './UnitPage.tsx';

/** What the unit verifies for others. */
export default function VerifyView({ cycle }: UnitViewProps) {
  return <Verify cycle={cycle} monitored />;
}
