import { Group, Stack, Text, Title } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigationType } from 'react-router';

interface PageProps {
  title: string;
  /** one line under the title */
  note?: ReactNode;
  actions?: ReactNode;
  /** above the title: the way back */
  before?: ReactNode;
  children: ReactNode;
}

/** Moves the focus to the heading after navigation, so that a screen reader says where one is now. */
export function usePageHeading() {
  const heading = useRef<HTMLHeadingElement>(null);
  const announced = useRef<string>(null);
  const { pathname } = useLocation();
  const isFirst = useNavigationType() === 'POP' && window.history.state?.idx === 0;
  useEffect(() => {
    // Filters live in the query; changing one is no navigation.
    if (announced.current === pathname) return;
    announced.current = pathname;
    if (!isFirst) heading.current?.focus({ preventScroll: true });
  }, [pathname, isFirst]);
  return heading;
}

export function Page({ title, note, actions, before, children }: PageProps) {
  const { t } = useTranslation();
  const heading = usePageHeading();
  return (
    <Stack gap="md">
      <title>{`${title} — ${t('appName')}`}</title>
      <div>
        {before}
        <Group justify="space-between" align="flex-start" gap="sm">
          <div style={{ minWidth: 0, flex: '1 1 16rem' }}>
            <Title order={1} ref={heading} tabIndex={-1}>
              {title}
            </Title>
            {note && (
              <Text c="dimmed" size="sm" mt={4} component="div">
                {note}
              </Text>
            )}
          </div>
          {actions && <Group gap="xs">{actions}</Group>}
        </Group>
      </div>
      {children}
    </Stack>
  );
}
