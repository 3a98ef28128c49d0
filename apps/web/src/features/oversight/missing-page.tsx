import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/page';
import { MissingSection } from './missing-section';

export function Component() {
  const { t } = useTranslation('oversight');
  return (
    <Page title={t('missing.title')}>
      <MissingSection />
    </Page>
  );
}
