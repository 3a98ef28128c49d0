import { NativeSelect, Paper, Stack, Text, Title } from '@mantine/core';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorAlert } from '../../ui/error-alert';
import classes from './notifications.module.css';
import {
  useSetChoices,
  type Channel,
  type ChildChoices,
  type KindChoice,
  type SchoolContacts,
} from './queries';

const TIMES = ['off', 'immediate', 'evening'] as const;
const CHANNELS = ['email', 'sms'] as const;

/** What to hear of children whose choices are the same, or of one; a choice is saved as it is made, for each of them. */
export function ChoiceSection({ pupils, school }: { pupils: ChildChoices[]; school: SchoolContacts }) {
  const { t } = useTranslation('family');
  const set = useSetChoices();
  const isOpen = (channel: Channel) => school[channel].state === 'open';
  const [first] = pupils as [ChildChoices];
  const choose = async (choice: KindChoice) => {
    try {
      for (const child of pupils) await set.run({ child, choices: [choice] });
    } catch {
      // Said below; children whose choices differ from now on have tables of their own.
    }
  };
  // A channel without consent is no column of choices that cannot be made, but for what may be taken back.
  const shown = CHANNELS.filter(
    (channel) => isOpen(channel) || first.choices.some((choice) => choice[channel] !== 'off'),
  );
  const channels = shown.length > 0 ? shown : CHANNELS;
  const names = pupils.map((child) => `${child.familyName} ${child.givenName}`);
  const name = names.join(', ');
  return (
    <Stack gap="sm" component="section" aria-label={name}>
      <Title order={2}>
        {pupils.map((child, at) => (
          <Fragment key={child.studentId}>
            {at > 0 && '; '}
            {names[at]}
            {child.classTitle && (
              <Text span inherit c="dimmed" fw={400}>
                {`, ${child.classTitle}`}
              </Text>
            )}
          </Fragment>
        ))}
      </Title>
      <Paper p="md">
        <table className={classes.choices}>
          <thead>
            <tr>
              <th scope="col">{t('notify.what')}</th>
              {channels.map((channel) => (
                <th key={channel} scope="col">
                  {t(`notify.channel.${channel}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {first.choices.map((choice) => (
              <tr key={choice.kind}>
                <th scope="row">{t(`notify.kind.${choice.kind}`)}</th>
                {channels.map((channel) => (
                  <td key={channel}>
                    <NativeSelect
                      aria-label={t('notify.choiceLabel', {
                        kind: t(`notify.kind.${choice.kind}`),
                        channel: t(`notify.channel.${channel}`),
                        name,
                      })}
                      // A choice for a channel that has failed may still be taken back.
                      disabled={!isOpen(channel) && choice[channel] === 'off'}
                      value={choice[channel]}
                      onChange={({ currentTarget: { value } }) =>
                        void choose({ ...choice, [channel]: value as (typeof TIMES)[number] })
                      }
                      data={TIMES.map((value) => ({ value, label: t(`notify.time.${value}`) }))}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        <Text size="sm" c="dimmed" mt="xs" role="status" mih={21}>
          {set.isPending ? t('notify.saving') : set.isSuccess ? t('notify.saved') : ''}
        </Text>
        <ErrorAlert error={set.error} />
      </Paper>
    </Stack>
  );
}
