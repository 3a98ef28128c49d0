import { Group, Pagination } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { usePhone } from './use-phone';

interface PagingProps {
  page: number;
  pageSize: number;
  total: number;
  onPage(page: number): void;
}

export function Paging({ page, pageSize, total, onPage }: PagingProps) {
  const { t } = useTranslation();
  const isPhone = usePhone();
  const pages = Math.ceil(total / pageSize);
  if (pages < 2) return null;
  return (
    <Group justify="center" component="nav" aria-label={t('paging.label')}>
      <Pagination
        total={pages}
        value={page}
        onChange={onPage}
        siblings={isPhone ? 0 : 1}
        size="sm"
        getItemProps={(item) => ({ 'aria-label': t('paging.page', { page: item }) })}
        getControlProps={(control) => ({
          'aria-label': control === 'previous' ? t('paging.previous') : t('paging.next'),
        })}
      />
    </Group>
  );
}
