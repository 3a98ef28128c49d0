import { SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../i18n/use-formats';
import { Page } from '../../ui/page';
import { PackagesPanel } from './packages-panel';
import { PersonPanel } from './person-panel';
import { SchoolsPanel } from './schools-panel';

export function Component() {
  const { t } = useTranslation('home');
  const formats = useFormats();
  return (
    <Page title={t('title')} note={formats.day(new Date())}>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md" style={{ alignItems: 'start' }}>
        <PackagesPanel
          title={t('region.parkedTitle')}
          filter={{ state: 'parked', pageSize: 5 }}
          empty={t('region.parkedFine')}
          allTo="/exchange?state=parked"
        />
        <PackagesPanel
          title={t('region.lastTitle')}
          filter={{ pageSize: 5 }}
          empty={t('region.noPackages')}
          allTo="/exchange"
        />
        <SchoolsPanel />
        <PersonPanel />
      </SimpleGrid>
    </Page>
  );
}
