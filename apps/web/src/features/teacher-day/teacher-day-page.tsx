import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/page';
import { DaySection } from './day-section';

export function Component() {
  const { t } = useTranslation('journal');
  return (
    <Page title={t('day.title')}>
      <DaySection />
    </Page>
  );
}
