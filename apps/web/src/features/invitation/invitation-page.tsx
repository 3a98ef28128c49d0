import { Anchor, Button, Group, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { Schemas } from '../../api/types';
import { signOut } from '../../session/session';
import { useSession } from '../../session/use-session';
import { OutsideFrame } from '../../shell/outside-frame';
import { usePageHeading } from '../../ui/page';
import { AcceptForm } from './accept-form';
import { CodeForm } from './code-form';

export function Component() {
  const { t } = useTranslation(['session', 'common']);
  const session = useSession();
  const navigate = useNavigate();
  const heading = usePageHeading();
  const [code, setCode] = useState('');
  const [invitation, setInvitation] = useState<Schemas['InvitationView'] | null>(null);
  // Accepting signs in by itself; the note is for somebody who was signed in before.
  const [isAccepted, setAccepted] = useState(false);

  return (
    <OutsideFrame>
      <title>{`${t('invitation.title')} — ${t('common:appName')}`}</title>
      <Title order={1} ref={heading} tabIndex={-1}>
        {t('invitation.title')}
      </Title>
      {session.status === 'signed-in' && !isAccepted ? (
        <>
          <Text>{t('invitation.signedIn')}</Text>
          <Group>
            <Button onClick={() => void signOut()}>{t('invitation.signOut')}</Button>
            <Button variant="default" component={Link} to="/">
              {t('invitation.backHome')}
            </Button>
          </Group>
        </>
      ) : invitation ? (
        <AcceptForm
          code={code}
          invitation={invitation}
          onAccepting={() => setAccepted(true)}
          onAccepted={() => void navigate('/', { replace: true })}
          onAnotherCode={() => {
            setInvitation(null);
            setCode('');
          }}
        />
      ) : (
        <>
          <CodeForm code={code} onCode={setCode} onKnown={setInvitation} />
          <Anchor component={Link} to="/sign-in" size="sm" ta="center" py={4}>
            {t('invitation.toSignIn')}
          </Anchor>
        </>
      )}
    </OutsideFrame>
  );
}
