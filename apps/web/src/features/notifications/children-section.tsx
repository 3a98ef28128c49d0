import { Button, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorAlert } from '../../ui/error-alert';
import { ChoiceSection } from './choice-section';
import { isSameChoice } from './choices';
import { useSetChoices, type ChildChoices, type SchoolContacts } from './queries';

/** Children of one school: one table for all of them as long as the family wants the same of each. */
export function ChildrenSection({ pupils, school }: { pupils: ChildChoices[]; school: SchoolContacts }) {
  const { t } = useTranslation('family');
  const [first, ...others] = pupils as [ChildChoices, ...ChildChoices[]];
  const isEqual = others.every((child) => isSameChoice(child, first));
  const [wantsApart, setApart] = useState(!isEqual);
  const set = useSetChoices();
  if (others.length === 0) return <ChoiceSection pupils={[first]} school={school} />;

  /** The others get what the first has. */
  const alike = async () => {
    try {
      for (const child of others)
        if (!isSameChoice(child, first)) await set.run({ child, choices: first.choices });
      setApart(false);
    } catch {
      // Said below; what was saved before is shown.
    }
  };
  const isApart = wantsApart || !isEqual;
  return (
    <Stack gap="sm">
      {(isApart ? pupils.map((child) => [child]) : [pupils]).map((shown) => (
        <ChoiceSection key={shown.map(({ studentId }) => studentId).join()} pupils={shown} school={school} />
      ))}
      <Button
        variant="default"
        style={{ alignSelf: 'flex-start' }}
        loading={set.isPending}
        onClick={() => (isApart ? void alike() : setApart(true))}
      >
        {isApart ? t('notify.alike', { name: first.givenName }) : t('notify.apart')}
      </Button>
      <ErrorAlert error={set.error} />
    </Stack>
  );
}
