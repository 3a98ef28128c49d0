import { Anchor, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { signOut } from '../../session/session';
import { OutsideFrame } from '../../shell/outside-frame';
import { usePageHeading } from '../../ui/page';
import { PasswordForm } from './password-form';

/** R20: the password that was handed over on paper opens nothing but this page. */
export function Component() {
  const { t } = useTranslation(['session', 'common']);
  const heading = usePageHeading();
  return (
    <OutsideFrame>
      <title>{`${t('password.firstTitle')} — ${t('common:appName')}`}</title>
      <Title order={1} ref={heading} tabIndex={-1}>
        {t('password.firstTitle')}
      </Title>
      <Text size="sm" c="dimmed">
        {t('password.firstIntro')}
      </Text>
      <PasswordForm currentLabel={t('password.currentFirst')} login="" />
      <Anchor component="button" type="button" size="sm" onClick={() => void signOut()}>
        {t('password.signOut')}
      </Anchor>
    </OutsideFrame>
  );
}
