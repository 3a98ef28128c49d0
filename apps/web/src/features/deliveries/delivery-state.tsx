import { IconAlertTriangle, IconCheck, IconClock, IconHelp, IconSend, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ToneBadge, type Tone } from '../../ui/tone-badge';
import type { MessageState } from './queries';

const LOOK: Record<MessageState, { tone: Tone; Icon: typeof IconCheck }> = {
  waiting: { tone: 'quiet', Icon: IconClock },
  sending: { tone: 'info', Icon: IconSend },
  submitted: { tone: 'info', Icon: IconSend },
  delivered: { tone: 'good', Icon: IconCheck },
  undelivered: { tone: 'bad', Icon: IconAlertTriangle },
  refused: { tone: 'bad', Icon: IconX },
  uncertain: { tone: 'warn', Icon: IconHelp },
  expired: { tone: 'warn', Icon: IconClock },
  cancelled: { tone: 'quiet', Icon: IconX },
};

export const TROUBLE: readonly MessageState[] = ['undelivered', 'refused', 'uncertain', 'expired'];

export function DeliveryState({ state }: { state: MessageState }) {
  const { t } = useTranslation('deliveries');
  const { tone, Icon } = LOOK[state];
  return (
    <ToneBadge tone={tone} icon={<Icon size={12} aria-hidden />}>
      {t(`state.${state}`)}
    </ToneBadge>
  );
}
