import { useTranslation } from 'react-i18next';
import { useWorkTypes } from '../queries';

/** Kinds of work with their weights, for a Select. */
export function useWorkTypeOptions(): { value: string; label: string }[] {
  const { t } = useTranslation('journal');
  return (useWorkTypes().data ?? []).map(({ workTypeId, title, weight }) => ({
    value: workTypeId,
    label: t('card.workTypeWeight', { title, weight }),
  }));
}
