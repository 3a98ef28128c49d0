import { Anchor, Button, Skeleton, Text, Title } from '@mantine/core';
import { IconCheck, IconLinkOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { hasCode } from '../../api/error';
import { publicApi } from '../../api/public-client';
import { bodyOf } from '../../api/transport';
import { useCommand } from '../../api/use-command';
import { OutsideFrame } from '../../shell/outside-frame';
import { ErrorAlert } from '../../ui/error-alert';
import { TonePanel } from '../../ui/tone-panel';

/** Where the link in a letter leads. Opening it changes nothing: mail scanners open links too. */
export function Component() {
  const { t } = useTranslation('session');
  const path = { token: useParams().token! };
  const subscription = useQuery({
    queryKey: ['notifications', 'subscription', path.token],
    queryFn: () => bodyOf(publicApi.GET('/api/v1/notifications/unsubscribe/{token}', { params: { path } })),
  });
  const stop = useCommand((_: null, headers) =>
    bodyOf(
      publicApi.POST('/api/v1/notifications/unsubscribe/{token}', { params: { path }, body: {}, headers }),
    ),
  );
  const { data } = subscription;
  const isDone = stop.isSuccess || data?.state === 'closed';
  return (
    <OutsideFrame>
      <title>{t('unsubscribe.title')}</title>
      <Title order={1}>{t('unsubscribe.title')}</Title>
      {subscription.isPending && <Skeleton h={80} />}
      {hasCode(subscription.error, 'request.invalid') ? (
        // A link that lost a part of itself: there are no fields to correct.
        <div role="alert">
          <TonePanel tone="bad" icon={<IconLinkOff size={20} aria-hidden />}>
            {t('unsubscribe.broken')}
          </TonePanel>
        </div>
      ) : (
        <ErrorAlert error={subscription.error ?? stop.error} />
      )}
      {data &&
        (isDone ? (
          <div role="status">
            <TonePanel tone="good" icon={<IconCheck size={20} aria-hidden />}>
              {t('unsubscribe.done', { address: data.maskedAddress })}
            </TonePanel>
          </div>
        ) : (
          <>
            <Text>{t('unsubscribe.text', { school: data.schoolName, address: data.maskedAddress })}</Text>
            <Button loading={stop.isPending} onClick={() => stop.start(null)}>
              {t('unsubscribe.submit')}
            </Button>
          </>
        ))}
      <Anchor component={Link} to="/" size="sm" ta="center">
        {t('unsubscribe.home')}
      </Anchor>
    </OutsideFrame>
  );
}
