import { useNotify } from 'ra-core';
import { useT } from '../i18n/useT.ts';
import { ReasonDialog } from '../ui/ReasonDialog.tsx';
import { useChange } from '../unit/useChange.ts';
import type { Milestone } from './types.ts';

interface Props {
  milestone: Milestone;
  accept: boolean;
  onClose: () => void;
}

/** Whoever verifies the indicator confirms that a milestone is reached, or returns it with the reason. */
export function VerifyMilestone({ milestone, accept, onClose }: Props) {
  const t = useT();
  const notify = useNotify();
  const deciding = useChange(() => {
    notify(t(accept ? 'unit.milestoneAccepted' : 'unit.milestoneReturned'), { type: 'success' });
    onClose();
  });
  return (
    <ReasonDialog
      title={t(accept ? 'unit.acceptMilestone' : 'unit.returnMilestone')}
      help={milestone.standard ? `${milestone.name}: ${milestone.standard}` : milestone.name}
      label={t(accept ? 'unit.note' : 'unit.returnWhy')}
      optional={accept}
      danger={!accept}
      busy={deciding.isPending}
      error={deciding.error}
      onClose={onClose}
      onConfirm={(reason) =>
        deciding.mutate({
          path: `/milestones/${milestone.id}/verification`,
          body: { accept, ...(reason && { reason }) },
        })
      }
    />
  );
}
