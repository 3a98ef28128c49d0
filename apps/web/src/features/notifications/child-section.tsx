import { NativeSelect, Paper, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ErrorAlert } from '../../ui/error-alert';
import classes from './notifications.module.css';
import { useSetChoice, type Channel, type ChildChoices, type SchoolContacts } from './queries';

const TIMES = ['off', 'immediate', 'evening'] as const;
const CHANNELS = ['email', 'sms'] as const;

/** What to hear of one child; a choice is saved as it is made. */
export function ChildSection({ child, school }: { child: ChildChoices; school: SchoolContacts }) {
  const { t } = useTranslation('family');
  const set = useSetChoice();
  const isOpen = (channel: Channel) => school[channel].state === 'open';
  // A channel without consent is no column of choices that cannot be made, but for what may be taken back.
  const shown = CHANNELS.filter(
    (channel) => isOpen(channel) || child.choices.some((choice) => choice[channel] !== 'off'),
  );
  const channels = shown.length > 0 ? shown : CHANNELS;
  const name = `${child.familyName} ${child.givenName}`;
  return (
    <Stack gap="sm" component="section" aria-label={name}>
      <Title order={2}>
        {name}
        {child.classTitle && (
          <Text span c="dimmed" fw={400}>
            {`, ${child.classTitle}`}
          </Text>
        )}
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
            {child.choices.map((choice) => (
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
                        set.start({
                          child,
                          choice: { ...choice, [channel]: value as (typeof TIMES)[number] },
                        })
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
