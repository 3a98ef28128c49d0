import { Anchor } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

const FIRST = 4;

/** The first lines of a list that may be long; the rest on demand. */
export function ShortList({ items }: { items: ReactNode[] }) {
  const { t } = useTranslation('journal');
  const [isWhole, setWhole] = useState(false);
  return (
    <>
      <ul style={{ margin: 0, paddingInlineStart: 0, listStyle: 'none' }}>
        {(isWhole ? items : items.slice(0, FIRST)).map((item, at) => (
          <li key={at} style={{ overflowWrap: 'anywhere' }}>
            {item}
          </li>
        ))}
      </ul>
      {items.length > FIRST && (
        <Anchor
          component="button"
          type="button"
          size="sm"
          c="inherit"
          td="underline"
          onClick={() => setWhole(!isWhole)}
        >
          {isWhole ? t('plan.showLess') : t('plan.showAll', { count: items.length })}
        </Anchor>
      )}
    </>
  );
}
