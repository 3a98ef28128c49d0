import { IconCheck, IconLock, IconMail, IconUserOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { AccountState } from '../../api/types';
import { ToneBadge, type Tone } from '../../ui/tone-badge';

const LOOK: Record<AccountState, { tone: Tone; Icon: typeof IconCheck }> = {
  none: { tone: 'quiet', Icon: IconUserOff },
  invited: { tone: 'info', Icon: IconMail },
  active: { tone: 'good', Icon: IconCheck },
  blocked: { tone: 'bad', Icon: IconLock },
};

export function AccountBadge({ state }: { state: AccountState }) {
  const { t } = useTranslation();
  const { tone, Icon } = LOOK[state];
  return (
    <ToneBadge tone={tone} icon={<Icon size={12} aria-hidden />}>
      {t(`accountState.${state}`)}
    </ToneBadge>
  );
}
