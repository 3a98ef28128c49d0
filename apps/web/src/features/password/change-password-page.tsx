import { Paper } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useWorking } from '../../session/workspace';
import { Page } from '../../ui/page';
import { mySessionsKey } from '../my-sessions/queries';
import { notify } from '../../ui/notify';
import { PasswordForm } from './password-form';

export function Component() {
  const { t } = useTranslation('session');
  const { me } = useWorking();
  const queries = useQueryClient();
  return (
    <Page title={t('password.title')} note={t('password.note')}>
      <Paper p="lg" maw={460}>
        <PasswordForm
          currentLabel={t('password.current')}
          login={me.login}
          onChanged={() => {
            void queries.invalidateQueries({ queryKey: mySessionsKey });
            void notify(t('password.saved'));
          }}
        />
      </Paper>
    </Page>
  );
}
