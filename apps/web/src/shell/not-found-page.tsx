import { Button } from '@mantine/core';
import { IconMapQuestion } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { EmptyState } from '../ui/empty-state';
import { Page } from '../ui/page';

export function Component() {
  const { t } = useTranslation();
  return (
    <Page title={t('notFound.title')}>
      <EmptyState
        icon={<IconMapQuestion size={40} stroke={1.5} aria-hidden />}
        title={t('notFound.text')}
        hint={t('notFound.hint')}
        action={
          <Button component={Link} to="/" variant="default" mt="sm">
            {t('toHome')}
          </Button>
        }
      />
    </Page>
  );
}
