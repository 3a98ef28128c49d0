import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonRow } from '../../api/types';
import { notify } from '../../ui/notify';
import { ReasonForm } from '../../ui/reason-form';
import { useSetBlocked } from './commands';

export function BlockForm({ person, onClose }: { person: PersonRow; onClose(): void }) {
  const { t } = useTranslation('people');
  // The list refreshes under the dialog; what was asked for stays what it was.
  const [isUnblocking] = useState(person.accountState === 'blocked');
  const set = useSetBlocked();
  return (
    <ReasonForm
      text={isUnblocking ? t('block.unblockText') : t('block.text')}
      label={t('block.reason')}
      hint={t('block.reasonHint')}
      submitLabel={isUnblocking ? t('block.unblockSubmit') : t('block.submit')}
      isDangerous={!isUnblocking}
      isPending={set.isPending}
      error={set.error}
      onSubmit={async (reason) => {
        await set.run({ accountId: person.accountId!, isBlocked: !isUnblocking, reason });
        void notify(isUnblocking ? t('block.unblocked') : t('block.blocked'));
        onClose();
      }}
      onClose={onClose}
    />
  );
}
