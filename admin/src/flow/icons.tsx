import type { SvgIconComponent } from '@mui/icons-material';
import Branch from '@mui/icons-material/AltRouteOutlined';
import Parallel from '@mui/icons-material/CallSplitOutlined';
import Window from '@mui/icons-material/CampaignOutlined';
import Task from '@mui/icons-material/EditNoteOutlined';
import Compute from '@mui/icons-material/FunctionsOutlined';
import Wait from '@mui/icons-material/HourglassEmptyOutlined';
import Approval from '@mui/icons-material/HowToRegOutlined';
import Ballots from '@mui/icons-material/HowToVoteOutlined';
import Notify from '@mui/icons-material/MailOutlineOutlined';
import Repeat from '@mui/icons-material/RepeatOutlined';
import Gate from '@mui/icons-material/VerifiedUserOutlined';

const ICONS: Record<string, SvgIconComponent> = {
  approval: Approval,
  ballots: Ballots,
  branch: Branch,
  compute: Compute,
  gate: Gate,
  notify: Notify,
  parallel: Parallel,
  repeat: Repeat,
  task: Task,
  wait: Wait,
  window: Window,
};

export const iconOf = (type: string): SvgIconComponent => ICONS[type] ?? Task;
