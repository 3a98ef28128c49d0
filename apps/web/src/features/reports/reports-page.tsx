import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/page';
import { OrderForm } from './order-form';
import { ReportList } from './report-list';

/** R185: reports on request. */
export function Component() {
  const { t } = useTranslation('reports');
  return (
    <Page title={t('title')} note={t('note')}>
      <OrderForm />
      <ReportList />
    </Page>
  );
}
