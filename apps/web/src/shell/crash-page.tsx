import { Button, Container, Group, Stack, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useRouteError } from 'react-router';

const RELOADED_FOR = 'parta.reloaded-for-chunk';

/** A part that cannot be loaded is usually a part of an older release: the server has a newer one by now. */
const isStaleRelease = (error: unknown): boolean =>
  error instanceof TypeError && /dynamically imported module|importing a module/i.test(error.message);

/** The last resort: something broke while drawing. */
export function CrashPage() {
  const { t } = useTranslation();
  const error = useRouteError();
  const isStale = isStaleRelease(error);
  useEffect(() => {
    console.error(error);
    // Once per sitting: if the new release is broken too, the person has to see it, not a page that reloads forever.
    if (isStale && !sessionStorage.getItem(RELOADED_FOR)) {
      sessionStorage.setItem(RELOADED_FOR, '1');
      window.location.reload();
    }
  }, [error, isStale]);
  return (
    <Container size={560} py={80} component="main">
      <Stack role="alert">
        <title>{t('appName')}</title>
        <Title order={1}>{t('crash.title')}</Title>
        <Text>{isStale ? t('crash.stale') : t('crash.text')}</Text>
        <Group>
          <Button onClick={() => window.location.reload()}>{t('crash.reload')}</Button>
          <Button variant="default" component="a" href="/">
            {t('toHome')}
          </Button>
        </Group>
      </Stack>
    </Container>
  );
}
