import { useTranslation } from 'react-i18next';
import { LETTERS } from '../grid/cell-text';
import type { CellRef, Wish } from './types';

/** How the page calls a cell: «Иванов Пётр, сб, 21 ноября, 3 урок»; null for a cell of another page. */
export type Naming = (at: CellRef) => string | null;

/** What an entry wants, in a few words. */
export function useWishText(): (wish: Wish) => string {
  const { t } = useTranslation('journal');
  return (wish) => {
    switch (wish.kind) {
      case 'mark':
        return t('save.mark', { value: wish.value });
      case 'correction':
        return wish.value ? t('save.mark', { value: wish.value }) : t('save.correction');
      case 'annulment':
        return t('save.annulment');
      case 'attendance':
        return wish.code ? `${LETTERS[wish.code]} — ${t(`attendance.${wish.code}`)}` : t('save.present');
    }
  };
}
