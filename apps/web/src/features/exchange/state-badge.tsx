import {
  IconAlertTriangle,
  IconCheck,
  IconClipboardCheck,
  IconClock,
  IconRefresh,
  IconX,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RosterState } from '../../api/types';
import { ToneBadge, type Tone } from '../../ui/tone-badge';

const LOOK: Record<RosterState, { tone: Tone; Icon: typeof IconCheck }> = {
  queued: { tone: 'quiet', Icon: IconClock },
  running: { tone: 'info', Icon: IconRefresh },
  validated: { tone: 'info', Icon: IconClipboardCheck },
  applied: { tone: 'good', Icon: IconCheck },
  parked: { tone: 'warn', Icon: IconAlertTriangle },
  refused: { tone: 'bad', Icon: IconX },
};

export function StateBadge({ state }: { state: RosterState }) {
  const { t } = useTranslation('exchange');
  const { tone, Icon } = LOOK[state];
  return (
    <ToneBadge tone={tone} icon={<Icon size={12} aria-hidden />}>
      {t(`state.${state}`)}
    </ToneBadge>
  );
}
