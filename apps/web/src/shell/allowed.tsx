import { Button } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet } from 'react-router';
import type { Right } from '../session/roles';
import { useMay } from '../session/workspace';
import { EmptyState } from '../ui/empty-state';
import { Page } from '../ui/page';

/** An area for certain roles. The services refuse by themselves; this says it in words. */
export function Allowed({ right }: { right: Right }) {
  const { t } = useTranslation();
  if (useMay(right)) return <Outlet />;
  return (
    <Page title={t('notAllowed.title')}>
      <EmptyState
        icon={<IconLock size={40} stroke={1.5} aria-hidden />}
        title={t('notAllowed.text')}
        hint={t('notAllowed.hint')}
        action={
          <Button component={Link} to="/" variant="default" mt="sm">
            {t('toHome')}
          </Button>
        }
      />
    </Page>
  );
}
